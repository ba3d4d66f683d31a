import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { compileClosure, importedBy } from './source-closure.ts';

/** A project in a temporary folder, taken away at the end of the test. */
function makeProject(files: Record<string, string>): Disposable & { root: string } {
  const root = mkdtempSync(join(tmpdir(), 'closure-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}

test('the closure has every imported module as JavaScript, and no other', () => {
  using project = makeProject({
    'server/main.ts':
      "import { one } from '#lib/one.ts';\nimport type { Two } from './two.ts';\nexport const x: Two = one;\n",
    'server/two.ts': 'export type Two = number;\n',
    'server/main.test.ts': "import './main.ts';\n",
    'lib/one.ts': 'export const one: number = 1;\n',
  });
  const { modules } = compileClosure(project.root, ['server/main.ts']);
  assert.deepEqual(
    modules.map(({ source }) => source),
    ['lib/one.ts', 'server/main.ts'],
  );
  assert.match(modules[1]?.code ?? '', /from '#lib\/one\.js'/);
});

test('a module keeps the line numbers of its source', () => {
  using project = makeProject({ 'server/main.ts': 'interface A {\n  b: number;\n}\nexport const c = 1 as number;\n' });
  const [module] = compileClosure(project.root, ['server/main.ts']).modules;
  assert.equal(
    module?.code.split('\n').findIndex((line) => line.includes('export const c')),
    3,
  );
});

test('packages are named without the path inside of them', () => {
  using project = makeProject({
    'server/main.ts':
      "import 'node:fs';\nimport '@xterm/headless';\nimport 'protobufjs/minimal.js';\nawait import('pino');\n" +
      "require('@lydell/node-pty/requireBinary.js');\n",
  });
  assert.deepEqual(
    compileClosure(project.root, ['server/main.ts']).packages,
    new Set(['@xterm/headless', 'protobufjs', 'pino', '@lydell/node-pty']),
  );
});

test('a string that is no import is none', () => {
  assert.deepEqual(importedBy("Buffer.from('abc');\n// taken from 'somewhere'\nconst text = `import 'x'`;\n"), []);
});

test('a path of TypeScript in a string is refused, because the released package has no such file', () => {
  using project = makeProject({ 'server/main.ts': "spawn('node', ['server/other.ts']);\n" });
  assert.throws(() => compileClosure(project.root, ['server/main.ts']), /server\/main\.ts names a file of TypeScript/);
});

test('an import of a missing module names both', () => {
  using project = makeProject({ 'server/main.ts': "import './gone.ts';\n" });
  assert.throws(() => compileClosure(project.root, ['server/main.ts']), /server\/main\.ts imports \.\/gone\.ts/);
});
