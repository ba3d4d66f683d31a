import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeToBytes, encodeName, fromBytes, isFilePath, parentOf, showPath, toFilePath } from './file-path.ts';

/** Names as a file system may have them: any bytes but NUL and the slash. */
const name = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => String.fromCharCode(...bytes.filter((byte) => byte !== 0 && byte !== 0x2f)))
  .filter((bytes) => bytes !== '' && bytes !== '.' && bytes !== '..');

test('every name survives, and is a path', () => {
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const path = fromBytes(names.join('/'));
      assert.ok(isFilePath(path), path);
      assert.equal(decodeToBytes(path), `/${names.join('/')}`);
      assert.equal(decodeToBytes(encodeName(names[0] ?? '')), names[0] ?? '');
    }),
  );
});

test('what is typed stays below the root', () => {
  assert.equal(toFilePath('/etc//./nginx/../hosts'), '/etc/hosts');
  assert.equal(toFilePath('../../..', '/a/b'), '/');
  assert.equal(toFilePath('c d', '/a'), '/a/c%20d');
  assert.equal(toFilePath('ü'), '/%C3%BC');
  assert.equal(parentOf('/a/b'), '/a');
  assert.equal(parentOf('/'), '/');
});

test('what is no path is refused', () => {
  for (const text of ['', 'a', '/a/../b', '/a//b', '/a/', '/a b', '/%00', '/a%2Fb', '/.', '/$(id)', '/a\n'])
    assert.equal(isFilePath(text), false, text);
});

test('what can’t be seen is shown', () => {
  assert.equal(showPath('/a%0Ab%09%1B%E2%80%AEc'), '/a\\nb\\t\\u001b\\u202ec');
  assert.equal(showPath('%C3%BC%FF'), 'ü�');
});
