import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { table } from './import-rules.ts';
import { cyclesOf } from './imports/cycles.ts';
import { allowed, forbidden, type Probe } from './imports/probes.ts';
import { type Import, readImports } from './imports/read-imports.ts';
import { ImportRules } from './imports/rules.ts';
import { targetOf } from './imports/target.ts';

const root = join(import.meta.dirname, '..');
const isThere = (file: string) => existsSync(join(root, file));
const sources = ['*.ts', '*.tsx', '*.mts', '*.js', '*.mjs', '*.cjs'];
const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...sources];
const files = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).trimEnd().split('\n').filter(isThere);
const imports = readImports(root, files);

test('the table allows every import, and every entry of the table is used', () => {
  const rules = new ImportRules(table);
  const refused = imports.flatMap((each) => problemOf(rules, each) ?? []);
  const unused = rules.unused().map((entry) => `unused in scripts/import-rules.ts: ${entry}`);
  assert.equal([...refused, ...unused].join('\n'), '');
});

function problemOf(rules: ImportRules, { file, line, specifier, kind }: Import): string | undefined {
  if (specifier === undefined)
    return `${file}:${line} imports what it computes, so that no rule can be held against it`;
  const target = targetOf(file, specifier);
  if (target.startsWith('#') && !isThere(target.slice(1)))
    return `${file}:${line} imports ${target}, which is not there`;
  const refusal = rules.refuse(file, target, kind);
  return refusal && `${file}:${line} ${refusal}`;
}

test('no files import each other in a circle, neither values nor types', () => {
  const graph = new Map(files.map((file) => [file, new Set<string>()]));
  for (const { file, specifier } of imports) {
    const target = targetOf(file, specifier ?? '');
    if (target.startsWith('#')) graph.get(file)?.add(target.slice(1));
  }
  assert.deepEqual(cyclesOf(graph), []);
});

function refusalOf([file, specifier, kind]: Probe): string | undefined {
  return new ImportRules(table).refuse(file, targetOf(file, specifier), kind ?? 'value');
}

test('the table refuses what the laws of the project forbid', () => {
  assert.deepEqual(
    forbidden.filter((probe) => refusalOf(probe) === undefined),
    [],
  );
});

test('the table allows what the laws of the project allow', () => {
  assert.deepEqual(
    allowed.flatMap((probe) => refusalOf(probe) ?? []),
    [],
  );
});
