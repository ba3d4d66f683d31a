import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVariables } from './variables.ts';

test('one variable a line, its value as it stands', () => {
  assert.deepEqual(parseVariables('A=1\n\n  B_2 =x=y "z" # no comment\nEMPTY=\r\n'), {
    ok: true,
    variables: [
      { name: 'A', value: '1' },
      { name: 'B_2', value: 'x=y "z" # no comment' },
      { name: 'EMPTY', value: '' },
    ],
  });
  assert.deepEqual(parseVariables(''), { ok: true, variables: [] });
});

test('what is wrong is told with its line', () => {
  const problem = (text: string) => {
    const parsed = parseVariables(text);
    return parsed.ok ? '' : parsed.problem;
  };
  assert.match(problem('A=1\nB'), /^Line 2 has no =/);
  assert.match(problem('1A=1'), /^Line 1: "1A" is no name/);
  assert.match(problem('=x'), /^Line 1: "" is no name/);
  assert.match(problem('A=1\nA=2'), /^Line 2 sets A once more/);
});
