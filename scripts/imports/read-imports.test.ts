import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readImports } from './read-imports.ts';

/** What is read from one file, as `kind specifier`. */
function read(text: string, name = 'source.ts'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    writeFileSync(join(folder, name), text);
    return readImports(folder, [name]).map(({ kind, specifier }) => `${kind} ${specifier}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('every way to import a value is read', () => {
  assert.deepEqual(read(`import 'a'; import b from "b"; import { c } from 'c'; import * as d from 'd';`), [
    'value a',
    'value b',
    'value c',
    'value d',
  ]);
  assert.deepEqual(read(`export * from 'a'; export { b } from 'b'; import c = require('c');`), [
    'value a',
    'value b',
    'value c',
  ]);
  assert.deepEqual(
    read(`const a = () => import('a').then((m) => m.b); await import(\`b\`); import('c', { with: {} });`),
    ['value a', 'value b', 'value c'],
  );
  assert.deepEqual(read(`require('a'); require.resolve('b'); import.meta.resolve('c');`, 'source.mjs'), [
    'value a',
    'value b',
    'value c',
  ]);
});

test('every way to import a type is read', () => {
  assert.deepEqual(read(`import type { a } from 'a'; export type { b } from 'b'; export type * from 'c';`), [
    'type a',
    'type b',
    'type c',
  ]);
  assert.deepEqual(
    read(`import type d = require('d'); let e: typeof import('e'); let f: Map<string, import('f').F>;`),
    ['type d', 'type e', 'type f'],
  );
  assert.deepEqual(read(`/// <reference path="g.d.ts" />\n/// <reference types="h" />`), ['type ./g.d.ts', 'type h']);
});

test('an import of named types stays in the program, so it is one of a value', () => {
  assert.deepEqual(read(`import { type a } from 'a'; export { type b } from 'b';`), ['value a', 'value b']);
});

test('neither comments nor texts nor methods of such a name are imports', () => {
  const texts = ['// import "a"', '/* import "b" */', `'import "c"'`, '`import("d")`', `/import("e")/`];
  assert.deepEqual(read(`${texts.join(';\n')}\nx.require('f'); x.import('g'); const resolve = { resolve: 'h' };`), []);
  assert.deepEqual(read('const text = <p>import "a" from require("b")</p>;', 'source.tsx'), []);
});

test('an import in a template is read, and one that is computed shows as such', () => {
  assert.deepEqual(read(`a = \`\${await import('a')}\`; await import(\`b\${c}\`); require(d);`), [
    'value a',
    'value undefined',
    'value undefined',
  ]);
});

test('lines are counted from one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  writeFileSync(join(folder, 'a.ts'), `/** Reason. */\nimport 'a';\n\nexport * from 'b';\n`);
  assert.deepEqual(
    readImports(folder, ['a.ts']).map(({ file, line }) => `${file}:${line}`),
    ['a.ts:2', 'a.ts:4'],
  );
  rmSync(folder, { recursive: true });
});
