import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePodFilter } from './pod-filter.ts';

for (const [text, words, selector] of [
  ['', [], undefined],
  ['  Cart  shop ', ['cart', 'shop'], undefined],
  ['cart -l app=web', ['cart'], 'app=web'],
  ['-l app in (a, b), tier!=db', [], 'app in (a, b), tier!=db'],
  ['-lapp=web', [], 'app=web'],
  ['-l', [], undefined],
  ['py-lib', ['py-lib'], undefined],
] as const) {
  test(`reads ${JSON.stringify(text)}`, () => {
    assert.deepEqual(parsePodFilter(text), { words, selector });
  });
}
