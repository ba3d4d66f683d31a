import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedByKey } from './shared-by-key.ts';

type Listener = (what: string) => void;

/** Things that greet whoever listens, and a record of what became of them. */
function newThings(lingerMs: number) {
  const log: string[] = [];
  const things = new SharedByKey<Listener, { listen(listener: Listener): () => void; close(): void }>({ lingerMs });
  const make = (key: string) => () => {
    log.push(`made ${key}`);
    return {
      listen(listener: Listener) {
        listener(key);
        return () => log.push(`left ${key}`);
      },
      close: () => log.push(`closed ${key}`),
    };
  };
  return { log, things, listen: (key: string) => things.listen(key, make(key), (what) => log.push(`heard ${what}`)) };
}

test('one is made for a key, and closed with its last listener, whose end counts once', () => {
  const { log, things, listen } = newThings(0);
  const [first, second] = [listen('a'), listen('a')];
  assert.deepEqual(log.splice(0), ['made a', 'heard a', 'heard a']);
  first();
  first();
  assert.deepEqual(log.splice(0), ['left a']);
  assert.ok(things.get('a'));
  second();
  assert.deepEqual(log.splice(0), ['left a', 'closed a']);
  assert.equal(things.get('a'), undefined);
  listen('a');
  listen('b');
  assert.deepEqual(log.splice(0), ['made a', 'heard a', 'made b', 'heard b']);
  const last = listen('b');
  things.close();
  last();
  assert.deepEqual(log, ['heard b', 'closed a', 'closed b', 'left b']);
});

test('it lingers for a listener who comes back in time', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { log, listen } = newThings(1_000);
  listen('a')();
  t.mock.timers.tick(999);
  const stop = listen('a');
  t.mock.timers.tick(1_000);
  assert.deepEqual(log.splice(0), ['made a', 'heard a', 'left a', 'heard a']);
  stop();
  t.mock.timers.tick(1_000);
  assert.deepEqual(log, ['left a', 'closed a']);
});
