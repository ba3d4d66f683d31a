import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findText } from './find-text.ts';

test('a text is found wherever it is in a line, whatever its case', () => {
  assert.deepEqual(findText('Error: no error', 'eRRor'), [0, 10]);
  assert.deepEqual(findText('aaaa', 'aa'), [0, 2]);
  assert.deepEqual(findText('nothing', 'x'), []);
  assert.deepEqual(findText('nothing', ''), []);
});

test('a line that is nothing else is not marked to its end', () => {
  assert.equal(findText('a'.repeat(100_000), 'a').length, 100);
});

test('letters that are longer in the other case move no mark', () => {
  assert.deepEqual(findText('İx error', 'error'), []);
});
