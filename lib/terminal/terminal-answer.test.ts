import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTerminalAnswer } from './terminal-answer.ts';

const is = (text: string) => isTerminalAnswer(Buffer.from(text, 'latin1'));

test('answers are told from keys', () => {
  for (const answer of [
    '[6;5R',
    '[?1;2c',
    '[>0;276;0c',
    '[0n',
    '[?2026;2$y',
    ']11;rgb:0000/0000/0000\x1b\\',
    'P1$r0m\x1b\\',
    '[8;24;80t',
  ])
    assert.equal(is(`\x1b${answer}`), true, answer);
  for (const key of [
    '\x1b',
    '\x1b[A',
    '\x1bOP',
    '\x1b[15~',
    '\x1b[1;5C',
    '\x1b[200~text',
    '\x1bx',
    'R',
    '',
    '\x1b[<0;10;10M',
  ])
    assert.equal(is(key), false, JSON.stringify(key));
});
