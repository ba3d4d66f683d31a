import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamespaceCell, NamespaceMatrix } from './compare.ts';
import type { NamespaceKind } from './kinds.ts';
import { describePicture, drawNamespaces, type NamespacePicture, type Rectangle } from './picture.ts';

const predicted = { owner: 'pod', why: '', certain: true } as const;

/** Rows of letters, one for each container; a small one is predicted, a capital was read. */
function matrix(names: string[], rows: Partial<Record<NamespaceKind, string>>): NamespaceMatrix {
  return {
    columns: names.map((name) => ({ name, source: undefined })),
    rows: Object.entries(rows).map(([kind, letters]) => ({
      kind: kind as NamespaceKind,
      surprises: [],
      cells: names.map((column, index): NamespaceCell => {
        const letter = letters[index] ?? '';
        const isRead = letter === letter.toUpperCase();
        const observed = isRead ? ({ kind: 'read', inode: 1, group: letter } as const) : ({ kind: 'pending' } as const);
        return { column, predicted, predictedGroup: letter.toUpperCase(), observed };
      }),
    })),
  };
}

const spacesOf = ({ spaces }: NamespacePicture) => spaces.map(({ kinds, members }) => [kinds.join(), members.join()]);
const isIn = (inner: Rectangle, outer: Rectangle) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Each box holds its members and no other container, and no two containers overlap. */
function requireSound(picture: NamespacePicture): void {
  for (const container of picture.containers) {
    assert.ok(isIn(container, { x: 0, y: 0, width: picture.width, height: picture.height }), container.name);
    for (const space of picture.spaces)
      assert.equal(
        isIn(container, space),
        space.members.includes(container.name),
        `${container.name} in ${space.kinds}`,
      );
    for (const other of picture.containers) if (other !== container) assert.ok(!overlap(container, other));
  }
}

test('a debugger with a target: one box around all, one around the two that share their processes', () => {
  const picture = drawNamespaces(
    matrix(['web', 'helper', 'debugger'], { net: 'AAA', ipc: 'AAA', pid: 'ABA', mnt: 'ABC' }),
  );
  assert.deepEqual(spacesOf(picture), [
    ['net,ipc', 'web,helper,debugger'],
    ['pid', 'web,debugger'],
  ]);
  assert.deepEqual(
    picture.containers.map(({ name, own }) => [name, own.join()]),
    [
      ['web', 'mnt'],
      ['debugger', 'mnt'],
      ['helper', 'pid,mnt'],
    ],
  );
  assert.deepEqual(picture.loose, []);
  requireSound(picture);
  assert.equal(
    describePicture(picture),
    'web, helper, debugger share net, ipc. web, debugger share pid. Only web has its mnt. Only debugger has its mnt. Only helper has its pid, mnt.',
  );
});

test('what was not read is drawn as the rules have it, with those that were', () => {
  assert.deepEqual(spacesOf(drawNamespaces(matrix(['a', 'b', 'c'], { net: 'AaB' }))), [['net', 'a,b']]);
  assert.deepEqual(spacesOf(drawNamespaces(matrix(['a', 'b'], { net: 'aa' }))), [['net', 'a,b']]);
  assert.deepEqual(spacesOf(drawNamespaces(matrix(['a'], { net: 'A' }))), []);
  assert.deepEqual(drawNamespaces(matrix([], {})).containers, []);
});

test('what crosses a border is told apart instead of being drawn wrong', () => {
  const picture = drawNamespaces(matrix(['a', 'b', 'c'], { pid: 'AAB', ipc: 'ABB' }));
  assert.deepEqual(spacesOf(picture), [['pid', 'a,b']]);
  assert.deepEqual(picture.loose, [{ kinds: ['ipc'], members: ['b', 'c'] }]);
  requireSound(picture);
});

test('boxes hold their own whatever is shared', () => {
  const kinds = ['net', 'ipc', 'uts', 'pid', 'mnt', 'user', 'cgroup', 'time'] as const;
  let state = 7;
  // A generator with a seed (Park and Miller): the same pods each time.
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  for (let round = 0; round < 2_000; round++) {
    const names = Array.from({ length: 1 + random(8) }, (_, index) => `container-${index}`);
    const letters = () => names.map(() => 'ABCDabcd'.charAt(random(8))).join('');
    requireSound(drawNamespaces(matrix(names, Object.fromEntries(kinds.map((kind) => [kind, letters()])))));
  }
});
