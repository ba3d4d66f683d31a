import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pagePackages } from './page-packages.ts';

const root = join(import.meta.dirname, '..');

test('NOTICE names every package of the pages with its licence, and no other package', () => {
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
  const named = new Map(
    [...notice.matchAll(/^- (\S+) \(([^)]+)\): /gm)].map(([, name = '', licence = '']) => [name, licence]),
  );
  const byName = (packages: Map<string, string>) => [...packages].sort(([a], [b]) => (a < b ? -1 : 1));
  assert.deepEqual(byName(named), byName(pagePackages(root)));
});

test('NOTICE has the text of every licence that it names', () => {
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
  const titles = {
    MIT: 'MIT License',
    ISC: 'ISC License',
    '0BSD': 'BSD Zero Clause License (0BSD)',
    'OFL-1.1': 'SIL Open Font License 1.1',
    'Apache-2.0': 'Apache License 2.0',
  };
  const named = new Set([...notice.matchAll(/^- \S+ \(([^)]+)\): /gm)].map(([, licence = '']) => licence));
  assert.deepEqual([...named].sort(), Object.keys(titles).sort());
  for (const title of Object.values(titles)) assert.ok(notice.includes(`\n${title}\n---`), title);
});
