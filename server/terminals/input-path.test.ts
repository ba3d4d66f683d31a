import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputHoldMs } from '#lib/protocol/limits.ts';
import { newTerminal } from '../testing/terminal.ts';

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
