import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTerminal } from '../testing/terminal.ts';
import { OutputGap } from './output-gap.ts';

const text = (session: ReturnType<typeof newTerminal>) => Buffer.from(session.tail(100_000)).toString('latin1');

test('what was printed between two attaches comes from the log, in its place, as history', () => {
  const session = newTerminal();
  session.append(Buffer.from('one\r\ntw'));
  const gap = new OutputGap(session);
  gap.push(Buffer.from('r\r\n'));
  gap.push(Buffer.from('five\r\n'));
  assert.equal(text(session), 'one\r\ntw');
  gap.takeLog(Buffer.from('one\ntwo\nthr\xffe\nfour\n', 'latin1'), true);
  assert.equal(text(session), 'one\r\ntwo\r\nthr\xffe\r\nfour\r\nfive\r\n');
  gap.push(Buffer.from('six'));
  assert.match(text(session), /five\r\nsix$/);
  session.close();
});

test('a log that can’t be read, or no longer has the place, leaves a mark with the reason', () => {
  for (const end of [
    (gap: OutputGap) => gap.giveUp('no right'),
    (gap: OutputGap) => gap.takeLog(Buffer.from('7\n8\n'), true),
  ]) {
    const session = newTerminal();
    session.append(Buffer.from('one\r\n'));
    const gap = new OutputGap(session);
    gap.push(Buffer.from('nine'));
    end(gap);
    assert.match(text(session), /^one\r\n\r\n.*is missing: (no right|its log doesn.*t go back that far) .*\r\nnine$/s);
    session.close();
  }
});

test('a stream that pours is not held for long', () => {
  const session = newTerminal();
  session.append(Buffer.from('one\r\n'));
  const gap = new OutputGap(session);
  for (let i = 0; i < 9; i++) gap.push(Buffer.alloc(1024 * 1024, 'y'));
  assert.equal(gap.isClosed, true);
  session.close();
});

test('a gap within a gap is one: what the broken attach brought is found in the log', () => {
  const session = newTerminal();
  session.append(Buffer.from('one\r\n'));
  const first = new OutputGap(session);
  first.push(Buffer.from('three\r\n'));
  first.abandon();
  const second = new OutputGap(session);
  second.push(Buffer.from('five\r\n'));
  first.takeLog(Buffer.from('one\ntwo\nthree\n'), true);
  second.takeLog(Buffer.from('one\ntwo\nthree\nfour\nfive\n'), true);
  assert.equal(text(session), 'one\r\ntwo\r\nthree\r\nfour\r\nfive\r\n');
  session.close();
});

test('what is written between the log and the moment when the attach takes is found by reading again', () => {
  const session = newTerminal();
  session.append(Buffer.from('one\r\n'));
  const gap = new OutputGap(session);
  gap.takeLog(Buffer.from('one\ntwo\n'), false);
  assert.equal(text(session), 'one\r\ntwo\r\n');
  gap.push(Buffer.from('four\r\n'));
  assert.equal(text(session), 'one\r\ntwo\r\n');
  gap.takeLog(Buffer.from('one\ntwo\nthree\nfour\n'), true);
  assert.equal(text(session), 'one\r\ntwo\r\nthree\r\nfour\r\n');
  session.close();
});

test('a mark is no output: the next gap finds its place before it', () => {
  const session = newTerminal();
  session.append(Buffer.from('one\r\n'));
  for (let i = 0; i < 2; i++) new OutputGap(session).giveUp('no way');
  assert.equal(text(session), 'one\r\n');
  const gap = new OutputGap(session);
  gap.takeLog(Buffer.from('one\ntwo\n'), true);
  assert.match(text(session), /^one\r\n.*is missing.*two\r\n$/s);
  session.close();
});
