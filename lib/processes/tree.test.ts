import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toTree } from './tree.ts';

const one = (pid: number, ppid: number, seenFrom = 'web') => ({ seenFrom, pid, ppid });

test('children stand below their parents, by pid', () => {
  const rows = toTree([one(9, 2), one(1, 0), one(3, 1), one(2, 1), one(1, 0, 'db')]);
  assert.deepEqual(
    rows.map(({ process, depth }) => `${process.seenFrom} ${process.pid} ${depth}`),
    ['db 1 0', 'web 1 0', 'web 2 1', 'web 9 2', 'web 3 1'],
  );
});

test('every process comes once, whatever parents are claimed', () => {
  const pid = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ pid, ppid: pid, seenFrom: fc.constant('web') }), { selector: (p) => p.pid }),
      (all) => {
        const rows = toTree(all);
        assert.equal(new Set(rows.map(({ process }) => process)).size, all.length);
        assert.equal(rows.length, all.length);
      },
    ),
  );
});
