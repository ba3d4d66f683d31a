import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { outputChunkBytes, replayBytes, windowBytes } from '#lib/protocol/limits.ts';
import { TerminalSession } from './terminal-session.ts';

const about = {
  kind: 'debug' as const,
  context: 'c',
  namespace: 'n',
  pod: 'p',
  container: 'debugger-x',
  image: undefined,
  target: undefined,
  command: '',
};
const newSession = () => new TerminalSession(about, { columns: 80, rows: 24 }, () => {});

/** A viewer that keeps what it gets, and acknowledges only when told. */
function viewer() {
  const pieces: { position: number; bytes: Uint8Array }[] = [];
  const text = () => pieces.map((piece) => Buffer.from(piece.bytes).toString()).join('');
  let hear = () => {};
  return {
    sink: (position: number, bytes: Uint8Array) => {
      pieces.push({ position, bytes });
      hear();
    },
    text,
    /** Resolves once the whole text is `wanted`. */
    until: (wanted: string) =>
      new Promise<void>((resolve) => {
        hear = () => text() === wanted && resolve();
        hear();
      }),
    bytes: () => pieces.reduce((sum, piece) => sum + piece.bytes.length, 0),
    pieces,
  };
}

test('a viewer that comes later gets what was written before, then what follows, each byte once', async () => {
  const session = newSession();
  session.append(Buffer.from('one '));
  const late = viewer();
  assert.deepEqual(session.open('v', 0, late.sink), { position: 0, skipped: 0, historyEnd: 4 });
  await tick();
  session.append(Buffer.from('two'));
  await late.until('one two');
  session.close();
});

test('a viewer that comes back says what it has and gets the rest', async () => {
  const session = newSession();
  session.append(Buffer.from('abcdef'));
  const again = viewer();
  assert.deepEqual(session.open('v', 4, again.sink), { position: 4, skipped: 0, historyEnd: 6 });
  await tick();
  assert.equal(again.text(), 'ef');
  session.close();
});

test('what is no longer kept is counted, never left out silently', () => {
  const session = newSession();
  session.append(new Uint8Array(replayBytes + 10));
  assert.equal(session.open('v', 3, viewer().sink).skipped, 7);
  session.close();
});

test('a viewer that stops reading holds up nobody, and its memory is bounded', async () => {
  const session = newSession();
  const stalled = viewer();
  const reading = viewer();
  session.open('stalled', 0, stalled.sink);
  session.open('reading', 0, (position, bytes) => {
    reading.sink(position, bytes);
    session.acknowledge('reading', position + bytes.length);
  });
  await tick();
  const piece = new Uint8Array(32 * 1024);
  const total = replayBytes * 3;
  for (let sent = 0; sent < total; sent += piece.length) session.append(piece);
  assert.equal(reading.bytes(), total);
  assert.equal(stalled.bytes(), windowBytes);
  session.close();
});

test('input that can’t be delivered is refused, and an ended terminal stays ended', async () => {
  const session = newSession();
  session.setState({ kind: 'live' });
  await assert.rejects(session.write(Buffer.from('x')), /not connected/);
  session.setState({ kind: 'ended', exitCode: 0, reason: 'Completed' });
  session.setState({ kind: 'live' });
  assert.equal(session.state.kind, 'ended');
  await assert.rejects(session.write(Buffer.from('x')), /has ended; start a new one/);
});

test('what is typed ahead reaches the process once it is live, whole and in order, and never a later one', async () => {
  const session = newSession();
  const written: string[] = [];
  const input = () => ({
    write: async (bytes: Uint8Array) => {
      written.push(Buffer.from(bytes).toString());
    },
    resize() {},
    close() {},
  });
  await session.write(Buffer.from('echo '));
  session.connect(input());
  await session.write(Buffer.from('hi'));
  assert.deepEqual(written, []);
  await assert.rejects(session.write(Buffer.alloc(20_000)), /more was typed than can wait/);
  session.setState({ kind: 'live' });
  await session.write(Buffer.from('\r'));
  assert.deepEqual(written, ['echo hi', '\r']);
  session.disconnect();
  session.setState({ kind: 'starting', step: 'again' });
  await assert.rejects(session.write(Buffer.from('rm')), /not connected/);
  session.connect(input());
  session.setState({ kind: 'live' });
  assert.deepEqual(written, ['echo hi', '\r']);
  session.close();
});

test('what is drawn again is history: a viewer must not answer the questions in it', () => {
  const session = newSession();
  const ends: number[] = [];
  session.append(Buffer.from('ask'));
  session.open('v', 3, (_position, _bytes, historyEnd) => ends.push(historyEnd));
  session.redraw(Buffer.from('early ask'));
  session.append(Buffer.alloc(outputChunkBytes));
  assert.equal(ends.at(-1), 12);
});
