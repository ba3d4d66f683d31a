import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findMissedOutput } from './missed-output.ts';

const missed = (before: string, log: string, attached: string) => {
  const found = findMissedOutput(Buffer.from(before), Buffer.from(log), Buffer.from(attached));
  return found && Buffer.from(found).toString();
};

test('lines between the break and the second attach are missed', () =>
  assert.equal(missed('1\n2\n', '1\n2\n3\n4\n5\n', '5\n6\n'), '3\n4\n'));
test('a line that had begun is finished, not written twice', () =>
  assert.equal(missed('1\n2\nth', '1\n2\nthree\n4\n', '4\n'), 'ree\n'));
test('a second attach that begins within a line gets the start of that line', () =>
  assert.equal(missed('1\n', '1\n22\n33\n', '3\n4'), '22\n3'));
test('nothing is missed where nothing was written', () => assert.equal(missed('1\n$ ', '1\n', '\r$ '), ''));
test('nothing was seen before: all is missed that came before the attach', () =>
  assert.equal(missed('', '1\n2\n', '2\n$ '), '1\n'));
test('first lines that differ don’t matter where the last are known', () => {
  const last = 'the last lines before the break, which are long enough to know them by\n';
  assert.equal(missed(`drawn\n${last}`, `otherwise\n${last}new\n`, ''), 'new\n');
});
test('a log that has lost the place of the break says so', () =>
  assert.equal(missed('1\n2\n', '8\n9\n', ''), undefined));

test('wherever numbered output breaks and goes on, it is whole afterwards', () => {
  const text = Array.from({ length: 400 }, (_, i) => `line ${i}\r\n`).join('');
  const place = fc.nat(text.length);
  fc.assert(
    fc.property(fc.tuple(place, place, place), fc.nat(3000), (places, older) => {
      const [broken = 0, again = 0, read = 0] = places.toSorted((x, y) => x - y);
      const from = Math.max(0, text.lastIndexOf('\n', broken - 1 - older) + 1);
      const log = text.slice(from, text.lastIndexOf('\n', read - 1) + 1);
      const found = missed(text.slice(from, broken), log, text.slice(again, read));
      // An unfinished line is in no log: then nobody can tell what of it was written in between.
      const written = text.slice(0, broken) + found + text.slice(again, read);
      const whole = log.length + from >= again;
      if (found !== undefined && whole) assert.equal(written, text.slice(0, read));
    }),
  );
});
