import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const folders = new Set(files.flatMap((file) => parentsOf(file)));
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs/decisions')).map((name) => join('docs/decisions', name)),
];
/** A path of ours in a document: below a folder at the top, or a file that the sentence's folder has. */
const ours = /^(?:(?:app|bench|components|docs|e2e|lib|scripts|server)\/[\w./-]+|[\w-]+\.(?:tsx?|sh|mjs))$/;
/** What a guide tells to write. */
const examples = new Set(['x.ts', 'x.test.ts', 'docs/decisions/NNN-title.md']);

for (const document of documents) {
  test(`${document} names only files that exist`, () => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name.replace(/\/$/, ''));
    assert.deepEqual(
      named.filter((name) => ours.test(name) && !examples.has(name) && !exists(name)),
      [],
    );
  });

  test(`the links of ${document} lead somewhere`, () => {
    const text = readFileSync(join(root, document), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) =>
      normalize(join(dirname(document), link)),
    );
    assert.deepEqual(
      links.filter((link) => !files.includes(link) && !folders.has(link)),
      [],
    );
  });
}

function exists(name: string): boolean {
  return files.includes(name) || folders.has(name) || files.some((file) => file.endsWith(`/${name}`));
}

function parentsOf(file: string): string[] {
  const parts = file.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
