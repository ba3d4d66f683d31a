import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cyclesOf } from './cycles.ts';

function cyclesIn(edges: readonly (readonly [number, number])[]): string[][] {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of edges) graph.set(`${from}`, (graph.get(`${from}`) ?? new Set()).add(`${to}`));
  return cyclesOf(graph);
}

/** The slow way: two files are of one group if each reaches the other. */
function reaches(edges: readonly (readonly [number, number])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [start, end] of edges) {
      if (start !== at || seen.has(end)) continue;
      seen.add(end);
      open.push(end);
    }
  }
  return seen.has(to);
}

test('a file that imports itself is a circle, a diamond is none', () => {
  assert.deepEqual(cyclesIn([[1, 1]]), [['1']]);
  assert.deepEqual(
    cyclesIn([
      [1, 2],
      [1, 3],
      [2, 4],
      [3, 4],
    ]),
    [],
  );
});

test('finds the groups that looking from every file finds', () => {
  const node = fc.nat(7);
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 20 }), (edges) => {
      const groups = cyclesIn(edges);
      const inOneGroup = (a: number, b: number) =>
        groups.some((group) => group.includes(`${a}`) && group.includes(`${b}`));
      for (let a = 0; a < 8; a += 1) {
        for (let b = 0; b < 8; b += 1) assert.equal(inOneGroup(a, b), reaches(edges, a, b) && reaches(edges, b, a));
      }
    }),
  );
});
