import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommandLine } from './command-line.ts';

for (const [line, words] of [
  ['', []],
  ['  sh  -c ', ['sh', '-c']],
  ['sh -c \'echo "a b"\'', ['sh', '-c', 'echo "a b"']],
  ['echo "a \\"b\\" \\n" c\\ d', ['echo', 'a "b" \\n', 'c d']],
  ["x '' y", ['x', '', 'y']],
  ["a'b'c", ['abc']],
] as const) {
  test(`splits ${JSON.stringify(line)}`, () => {
    assert.deepEqual(parseCommandLine(line), { ok: true, words });
  });
}

for (const line of ["sh -c 'x", '"', 'x\\']) {
  test(`refuses ${JSON.stringify(line)}`, () => assert.equal(parseCommandLine(line).ok, false));
}
