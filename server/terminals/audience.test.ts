import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driverIdleMs } from '#lib/protocol/limits.ts';
import { Audience } from './audience.ts';

function newAudience() {
  let now = 0;
  let changes = 0;
  const audience = new Audience(
    () => {
      changes += 1;
    },
    () => now,
  );
  return {
    audience,
    pass: (ms: number) => {
      now += ms;
    },
    changes: () => changes,
  };
}

test('the first drives; another’s keys are refused while it types, and taken once it is idle', () => {
  const { audience, pass } = newAudience();
  audience.join('a', 'type');
  audience.join('b', 'type');
  assert.equal(audience.driver, 'a');
  assert.equal(audience.mayType('a'), true);
  pass(driverIdleMs - 1);
  assert.equal(audience.mayType('b'), false);
  assert.equal(audience.mayResize('b'), false);
  pass(1);
  assert.equal(audience.mayType('b'), true);
  assert.equal(audience.driver, 'b');
  assert.equal(audience.mayType('a'), false);
});

test('who asks is given the keyboard by the driver, or not', () => {
  const { audience } = newAudience();
  for (const id of ['a', 'b', 'c']) audience.join(id, 'type');
  audience.mayType('a');
  audience.ask('b');
  assert.deepEqual(audience.asking, ['b']);
  audience.hand('c', 'c');
  assert.equal(audience.driver, 'a', 'only the driver can hand it over');
  audience.hand('a', undefined);
  assert.deepEqual([audience.driver, audience.asking], ['a', []]);
  audience.ask('b');
  audience.hand('a', 'b');
  assert.deepEqual([audience.driver, audience.asking], ['b', []]);
});

test('a driver that leaves leaves the keyboard to who types first, or comes back', () => {
  const { audience, changes } = newAudience();
  audience.join('a', 'type');
  audience.join('b', 'type');
  audience.mayType('a');
  audience.leave('a');
  assert.equal(audience.driver, undefined);
  assert.equal(audience.mayResize('b'), true);
  audience.join('a2', 'type');
  assert.equal(audience.driver, 'a2');
  audience.leave('a2');
  audience.mayType('b');
  assert.equal(audience.driver, 'b');
  assert.deepEqual(audience.viewers, [{ id: 'b', name: 'Page 2', readOnly: false }]);
  const before = changes();
  audience.leave('nobody');
  audience.ask('nobody');
  assert.equal(changes(), before);
});

test('who only watches never has the keyboard: not as the first, not at rest, not when asked for, not handed', () => {
  const { audience, pass } = newAudience();
  audience.join('watcher', 'watch');
  assert.equal(audience.driver, undefined);
  assert.equal(audience.mayType('watcher'), false);
  assert.equal(audience.mayResize('watcher'), false);
  audience.join('a', 'type');
  assert.equal(audience.driver, 'a');
  pass(driverIdleMs);
  assert.equal(audience.mayType('watcher'), false);
  audience.ask('watcher');
  audience.hand('a', 'watcher');
  assert.deepEqual(audience.asking, []);
  assert.equal(audience.driver, 'a');
});

test('who started a terminal has the keyboard and the size, though another page joins first', () => {
  const audience = new Audience(() => {});
  audience.expect('starter');
  audience.join('other', 'type');
  assert.equal(audience.driver, 'starter');
  assert.equal(audience.mayResize('other'), false);
  audience.join('starter', 'type');
  assert.equal(audience.mayResize('starter'), true);
});

test('who started a terminal and never joins leaves the keyboard to the first who types', () => {
  const audience = new Audience(() => {});
  audience.expect('starter');
  audience.join('other', 'type');
  assert.equal(audience.mayType('other'), true);
  assert.equal(audience.driver, 'other');
});

test('an id that never joined, or has left, can do nothing', () => {
  const { audience } = newAudience();
  const cannot = (id: string) => {
    assert.deepEqual([audience.mayType(id), audience.mayResize(id), audience.rightOf(id)], [false, false, undefined]);
  };
  cannot('stranger');
  audience.join('watcher', 'watch');
  audience.leave('watcher');
  cannot('watcher');
  audience.expect('starter');
  audience.leave('starter');
  cannot('starter');
  assert.equal(audience.driver, undefined);
});
