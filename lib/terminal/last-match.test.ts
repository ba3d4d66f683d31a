import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findLast } from './last-match.ts';

/** Few letters: repetitions and half matches everywhere. */
const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 40 });

test('finds what looking at every place finds', () => {
  fc.assert(
    fc.property(text, text, (haystack, needle) => {
      const found = findLast(Buffer.from(haystack), Buffer.from(needle));
      const place = haystack.lastIndexOf(needle);
      assert.equal(found.place, place === -1 ? undefined : place);
      let overlap = Math.min(haystack.length, needle.length);
      while (!haystack.endsWith(needle.slice(0, overlap))) overlap -= 1;
      assert.equal(found.overlap, overlap);
    }),
    { numRuns: 5_000 },
  );
});

test('a text made to be searched long is searched in time proportional to its length', () => {
  const found = findLast(Buffer.alloc(4_000_000, 'a'), Buffer.from(`${'a'.repeat(2_000_000)}b`));
  assert.deepEqual(found, { place: undefined, overlap: 2_000_000 });
});
