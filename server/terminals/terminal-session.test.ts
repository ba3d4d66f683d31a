import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { inputHoldMs, leastKeptBytes, outputChunkBytes, windowBytes } from '#lib/protocol/limits.ts';
import type { TerminalScreen } from '#lib/terminal/screen.ts';
import { newTerminal } from '../testing/terminal.ts';

/** A viewer that keeps what it gets, and acknowledges only when told. */
function viewer() {
  const pieces: { position: number; bytes: Uint8Array }[] = [];
  const screens: { position: number; skipped: number; text: string }[] = [];
  const text = () => pieces.map((piece) => Buffer.from(piece.bytes).toString()).join('');
  let hear = () => {};
  const until = (check: () => boolean) =>
    new Promise<void>((resolve) => {
      hear = () => check() && resolve();
      hear();
    });
  return {
    sink: {
      output(position: number, bytes: Uint8Array) {
        pieces.push({ position, bytes });
        hear();
      },
      screen({ position, bytes, why }: TerminalScreen) {
        const skipped = why.kind === 'skipped' ? why.bytes : 0;
        screens.push({ position, skipped, text: Buffer.from(bytes).toString() });
        hear();
      },
      audience() {},
    },
    text,
    /** Resolves once the whole text is `wanted`. */
    until: (wanted: string) => until(() => text() === wanted),
    untilScreen: () => until(() => screens.length > 0),
    bytes: () => pieces.reduce((sum, piece) => sum + piece.bytes.length, 0),
    pieces,
    screens,
  };
}

test('a viewer that comes later gets what was written before, then what follows, each byte once', async () => {
  const session = newTerminal();
  session.append(Buffer.from('one '));
  const late = viewer();
  assert.equal(session.viewers.open('v', { from: 0, right: 'type' }, late.sink).historyEnd, 4);
  await tick();
  session.append(Buffer.from('two'));
  await late.until('one two');
  session.close();
});

test('a viewer that comes back says what it has and gets the rest', async () => {
  const session = newTerminal();
  session.append(Buffer.from('abcdef'));
  const again = viewer();
  assert.equal(session.viewers.open('v', { from: 4, right: 'type' }, again.sink).historyEnd, 6);
  await tick();
  assert.equal(again.text(), 'ef');
  session.close();
});

test('who asks for what is no longer kept gets the screen, told how much was skipped, and then what follows', async () => {
  const session = newTerminal();
  session.append(Buffer.from('lost\r\n'));
  session.append(Buffer.alloc(leastKeptBytes, 'x\r\n'));
  session.append(Buffer.from('\r\nlast line\r\n$ '));
  const late = viewer();
  session.viewers.open('v', { from: 3, right: 'type' }, late.sink);
  await late.untilScreen();
  const [screen] = late.screens;
  assert.ok(screen);
  assert.match(screen.text, /last line\r\n\$ $/);
  const end = 6 + leastKeptBytes + 15;
  assert.deepEqual([screen.position, screen.skipped], [end, end - 3]);
  session.append(Buffer.from('echo'));
  assert.equal(late.text(), '', 'nothing follows until the screen is drawn');
  session.viewers.acknowledge('v', end);
  assert.equal(late.text(), 'echo');
  session.close();
});

test('a full-screen program is asked to draw itself anew for who skipped ahead, in the mode that it had set', async () => {
  const session = newTerminal();
  const sizes: string[] = [];
  session.connect({
    write: async () => {},
    resize: (columns, rows) => sizes.push(`${columns}x${rows}`),
    hold() {},
    close() {},
  });
  session.append(Buffer.from('shell\r\n\x1b[?1049h\x1b[?2004h'));
  session.append(Buffer.alloc(leastKeptBytes, '\x1b[Htop\r\n'));
  const late = viewer();
  session.viewers.open('v', { from: 0, right: 'type' }, late.sink);
  await late.untilScreen();
  const drawn = late.screens[0]?.text ?? '';
  const places = ['\x1b[?1049h', 'top', '\x1b[?2004h'].map((part) => drawn.indexOf(part));
  assert.ok(!places.includes(-1) && places.toSorted((a, b) => a - b).join() === places.join(), drawn);
  assert.deepEqual(sizes, ['79x24', '80x24']);
  session.close();
});

test('a viewer that stops reading holds up nobody, and its memory is bounded', async () => {
  const session = newTerminal();
  const stalled = viewer();
  const reading = viewer();
  session.viewers.open('stalled', { from: 0, right: 'type' }, stalled.sink);
  session.viewers.open(
    'reading',
    { from: 0, right: 'type' },
    {
      ...reading.sink,
      output(position, bytes) {
        reading.sink.output(position, bytes);
        session.viewers.acknowledge('reading', position + bytes.length);
      },
    },
  );
  await tick();
  const piece = new Uint8Array(32 * 1024);
  const total = leastKeptBytes * 3;
  for (let sent = 0; sent < total; sent += piece.length) session.append(piece);
  assert.equal(reading.bytes(), total);
  assert.equal(stalled.bytes(), windowBytes);
  session.close();
});

test('input that can’t be delivered is refused, and an ended terminal stays ended', async () => {
  const session = newTerminal('v');
  session.setState({ kind: 'live' });
  await assert.rejects(session.write('v', Buffer.from('x')), /not connected/);
  session.setState({ kind: 'ended', exitCode: 0, reason: 'Completed' });
  session.setState({ kind: 'live' });
  assert.equal(session.state.kind, 'ended');
  await assert.rejects(session.write('v', Buffer.from('x')), /has ended; start a new one/);
});

test('input that breaks off on its way is said to be uncertain, and is not sent again', async () => {
  const session = newTerminal('v');
  let writes = 0;
  session.connect({
    async write() {
      writes += 1;
      throw new Error('write ECONNRESET');
    },
    resize() {},
    hold() {},
    close() {},
  });
  session.setState({ kind: 'live' });
  await assert.rejects(session.write('v', Buffer.from('x')), { code: 'container', message: /may have arrived or not/ });
  assert.equal(writes, 1);
  session.close();
});

test('what is typed ahead reaches the process once it is live, whole and in order, and never a later one', async () => {
  const session = newTerminal('v');
  const written: string[] = [];
  const input = () => ({
    write: async (bytes: Uint8Array) => {
      written.push(Buffer.from(bytes).toString());
    },
    resize() {},
    hold() {},
    close() {},
  });
  await session.write('v', Buffer.from('echo '));
  session.connect(input());
  await session.write('v', Buffer.from('hi'));
  assert.deepEqual(written, []);
  await assert.rejects(session.write('v', Buffer.alloc(20_000)), /more was typed than can wait/);
  session.setState({ kind: 'live' });
  await session.write('v', Buffer.from('\r'));
  assert.deepEqual(written, ['echo hi', '\r']);
  session.close();
});

test('what is typed while the connection is made again is delivered after it, once; after a while it is refused', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const session = newTerminal('v');
  const written: string[] = [];
  const input = {
    write: async (bytes: Uint8Array) => void written.push(Buffer.from(bytes).toString()),
    resize() {},
    hold() {},
    close() {},
  };
  const breakOff = () => {
    session.disconnect();
    session.setState({ kind: 'reconnecting', since: 0 });
  };
  session.connect(input);
  session.setState({ kind: 'live' });
  breakOff();
  const [first, second] = [session.write('v', Buffer.from('l')), session.write('v', Buffer.from('s'))];
  t.mock.timers.tick(inputHoldMs - 1);
  session.connect(input);
  session.setState({ kind: 'live' });
  await Promise.all([first, second]);
  assert.deepEqual(written, ['ls']);

  breakOff();
  const late = assert.rejects(session.write('v', Buffer.from('rm')), /not be reached again in time/);
  t.mock.timers.tick(inputHoldMs);
  await late;
  session.connect(input);
  session.setState({ kind: 'live' });
  assert.deepEqual(written, ['ls']);

  breakOff();
  const over = assert.rejects(session.write('v', Buffer.from('x')), /has ended/);
  session.setState({ kind: 'ended', exitCode: 0, reason: 'Completed' });
  await over;
  session.close();
});

test('what is drawn again is history: a viewer must not answer the questions in it', () => {
  const session = newTerminal();
  const ends: number[] = [];
  session.append(Buffer.from('ask'));
  session.viewers.open(
    'v',
    { from: 3, right: 'type' },
    {
      output: (_position, _bytes, historyEnd) => ends.push(historyEnd),
      screen() {},
      audience() {},
    },
  );
  session.appendHistory(Buffer.from('early ask'));
  session.append(Buffer.alloc(outputChunkBytes));
  assert.equal(ends.at(-1), 12);
});

test('a viewer of another incarnation keeps what it has until there is output, then begins anew', async () => {
  const session = newTerminal();
  const late = viewer();
  session.viewers.open('v', { from: 9000, incarnation: crypto.randomUUID(), right: 'type' }, late.sink);
  await tick();
  assert.deepEqual(late.screens, []);
  session.append(Buffer.from('from the log'));
  await late.until('from the log');
  assert.deepEqual(late.screens, [{ position: 0, skipped: 0, text: '' }]);
  const { incarnation } = session.viewers.open('w', { from: 0, right: 'type' }, viewer().sink);
  const again = viewer();
  session.viewers.open('v', { from: 9, incarnation, right: 'type' }, again.sink);
  await again.until('log');
  assert.deepEqual(again.screens, []);
  session.close();
});

test('a process that is quicker than the quickest viewer is held until that has caught up', async () => {
  const session = newTerminal();
  const holds: boolean[] = [];
  session.connect({ write: async () => {}, resize() {}, hold: (isHeld) => holds.push(isHeld), close() {} });
  const [quick, stalled] = [viewer(), viewer()];
  session.viewers.open('quick', { from: 0, right: 'type' }, quick.sink);
  session.viewers.open('stalled', { from: 0, right: 'type' }, stalled.sink);
  await tick();
  session.append(new Uint8Array(windowBytes));
  assert.deepEqual(holds, []);
  session.append(new Uint8Array(leastKeptBytes / 2));
  assert.deepEqual(holds, [true]);
  session.viewers.acknowledge('quick', windowBytes);
  assert.equal(quick.bytes(), windowBytes + leastKeptBytes / 2);
  assert.deepEqual(holds, [true, false]);
  session.close();
});
