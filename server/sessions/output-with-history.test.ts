import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutputWithHistory } from './output-with-history.ts';

function collect() {
  const pieces: string[] = [];
  const take = (kind: string) => (bytes: Uint8Array) => pieces.push(`${kind} ${Buffer.from(bytes)}`);
  return { pieces, output: new OutputWithHistory({ append: take('new'), appendHistory: take('again') }) };
}

test('a prompt passes at once and is not drawn again when the log has no lines', () => {
  const { pieces, output } = collect();
  output.push(Buffer.from('/ # '));
  output.complete('');
  assert.deepEqual(pieces, ['new / # ']);
});

test('lines from before the attach are put in front', () => {
  const { pieces, output } = collect();
  output.push(Buffer.from('two\r\n/ # '));
  output.complete('one\ntwo\n');
  assert.deepEqual(pieces, ['new two\r\n/ # ', 'again \x1bcone\r\ntwo\r\n/ # ']);
});

test('a command that was over before any attach still shows all it wrote', () => {
  const { pieces, output } = collect();
  output.complete('one\ntwo\n');
  assert.deepEqual(pieces, ['new one\r\ntwo\r\n']);
});

test('a stream that pours is never drawn again', () => {
  const { pieces, output } = collect();
  output.push(Buffer.alloc(300 * 1024, 'y'));
  output.complete('one\n');
  assert.equal(pieces.length, 1);
});
