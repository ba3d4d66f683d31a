import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSeen, type SeenAbilities } from './observed-abilities.ts';

const seen: SeenAbilities = { user: 0, capabilities: 0n, ptraceScope: 0, processes: [], isMore: false };
const card = (change: Partial<SeenAbilities>) =>
  describeSeen({ ...seen, ...change })
    .map(({ name, is }) => `${name} ${is}`)
    .join(', ');
const process = (canSignal: boolean, canOpen: boolean) => ({ pid: 1, canSignal, canOpen });

test('what was tried is told as it went', () => {
  assert.equal(card({}), 'processes no, signal no, files no, trace no');
  assert.equal(card({ processes: [process(true, false)] }), 'processes yes, signal yes, files no, trace no');
  assert.equal(
    card({ processes: [process(true, true), process(false, false)], capabilities: 1n << 19n }),
    'processes yes, signal unknown, files unknown, trace yes',
  );
  assert.equal(card({ processes: [process(true, true)] }), 'processes yes, signal yes, files yes, trace yes');
  assert.equal(
    card({ processes: [process(true, true)], ptraceScope: 1 }),
    'processes yes, signal yes, files yes, trace no',
  );
});
