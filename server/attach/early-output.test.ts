import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EarlyOutput } from './early-output.ts';

function collect() {
  const pieces: string[] = [];
  const take = (kind: string) => (bytes: Uint8Array) => pieces.push(`${kind} ${Buffer.from(bytes)}`);
  return {
    pieces,
    output: new EarlyOutput({ append: take('new'), appendHistory: take('again'), appendNote: take('note') }),
  };
}

test('a prompt passes at once and is not drawn again when the log has no lines', () => {
  const { pieces, output } = collect();
  output.push(Buffer.from('/ # '));
  output.takeLog(Buffer.from(''), true);
  assert.deepEqual(pieces, ['new / # ']);
});

test('lines from before the attach are put in front', () => {
  const { pieces, output } = collect();
  output.push(Buffer.from('two\r\n/ # '));
  output.takeLog(Buffer.from('one\ntwo\n'), true);
  assert.deepEqual(pieces, ['new two\r\n/ # ', 'again \x1bcone\r\ntwo\r\n/ # ']);
});

test('a command that was over before any attach still shows all it wrote', () => {
  const { pieces, output } = collect();
  output.takeLog(Buffer.from('one\ntwo\n'), true);
  assert.deepEqual(pieces, ['new one\r\ntwo\r\n']);
});

test('a stream that pours is never drawn again', () => {
  const { pieces, output } = collect();
  output.push(Buffer.alloc(300 * 1024, 'y'));
  output.takeLog(Buffer.from('one\n'), true);
  assert.equal(pieces.length, 1);
});

test('an attach that breaks before the log is there is drawn anew with the next', () => {
  const { pieces, output } = collect();
  output.push(Buffer.from('one\r\ntw'));
  output.begin();
  output.push(Buffer.from('four\r\n'));
  output.takeLog(Buffer.from('one\ntwo\nthree\nfour\n'), true);
  assert.equal(pieces.at(-1), 'again \x1bcone\r\ntwo\r\nthree\r\nfour\r\n');
});

test('without a log, two attaches have a mark between them, and one has none', () => {
  const one = collect();
  one.output.push(Buffer.from('one'));
  one.output.giveUp('no right');
  assert.deepEqual(one.pieces, ['new one']);
  const two = collect();
  two.output.push(Buffer.from('one'));
  two.output.begin();
  two.output.giveUp('no right');
  assert.match(two.pieces.join(), /^new one,note .*is missing: no right/s);
});

test('while nothing came, the log is shown as far as it is; with the first output it is read again', () => {
  const { pieces, output } = collect();
  assert.equal(output.hasOutput, false);
  output.takeLog(Buffer.from('one\n'), false);
  assert.deepEqual(pieces, ['new one\r\n']);
  output.push(Buffer.from('three\r\n'));
  assert.equal(output.hasOutput, true);
  output.takeLog(Buffer.from('one\ntwo\nthree\n'), true);
  assert.equal(pieces.at(-1), 'again \x1bcone\r\ntwo\r\nthree\r\n');
  assert.equal(output.isClosed, true);
});

test('a line without an end, which no log has yet, outlives a break', () => {
  const { pieces, output } = collect();
  output.push(Buffer.from('half a'));
  output.begin();
  output.takeLog(Buffer.from(''), false);
  output.push(Buffer.from(' line'));
  output.takeLog(Buffer.from(''), true);
  assert.deepEqual(pieces, ['new half a', 'new  line']);
});
