import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ImportRules } from './rules.ts';
import { type Kind, targetOf } from './target.ts';

const table = {
  low: {},
  high: { imports: '#low/open zod', types: '#low', tests: '#top/tool.ts' },
  'high/room': { extends: 'high', imports: 'node:' },
  'top/*': { imports: '#high' },
};

function isAllowed(file: string, specifier: string, kind: Kind = 'value'): boolean {
  return new ImportRules(table).refuse(file, targetOf(file, specifier), kind) === undefined;
}

test('a file imports its own row and what the row lists', () => {
  assert.ok(isAllowed('high/a.ts', './deep/b.ts'));
  assert.ok(isAllowed('high/a.ts', '#low/open/b.ts'));
  assert.ok(isAllowed('high/a.ts', 'zod/mini'));
  assert.ok(!isAllowed('high/a.ts', 'zod-like'));
  assert.ok(!isAllowed('high/a.ts', '#low/opened.ts'));
  assert.ok(!isAllowed('low/a.ts', '../high/b.ts'));
  assert.ok(!isAllowed('low/a.ts', '#high/../low/../high/b.ts'));
});

test('types and tests are allowed more where the row says so', () => {
  assert.ok(!isAllowed('high/a.ts', '#low/b.ts'));
  assert.ok(isAllowed('high/a.ts', '#low/b.ts', 'type'));
  assert.ok(!isAllowed('high/a.ts', '#top/tool.ts'));
  assert.ok(isAllowed('high/a.test.ts', '#top/tool.ts'));
});

test('the longest row counts, and takes over another only where it says so', () => {
  assert.ok(isAllowed('high/room/a.ts', 'zod'));
  assert.ok(isAllowed('high/room/a.ts', 'fs'));
  assert.ok(!isAllowed('high/a.ts', 'node:fs'));
  assert.ok(!isAllowed('high/a.ts', './room/b.ts'));
});

test('a row of files leaves folders out', () => {
  assert.ok(isAllowed('top/a.ts', '#high/room/b.ts'));
  assert.ok(!isAllowed('top/deep/a.ts', '#high/b.ts'));
  assert.ok(!isAllowed('a.ts', 'zod'));
});

test('rows without files and entries without imports are unused', () => {
  const rules = new ImportRules(table);
  rules.refuse('high/a.ts', 'zod', 'value');
  rules.refuse('high/a.ts', '#low/open/b.ts', 'type');
  rules.refuse('high/a.test.ts', '#top/tool.ts', 'value');
  assert.deepEqual(rules.unused(), [
    'low',
    'high/room',
    'top/*',
    'high, imports: #low/open',
    'high/room, imports: node:',
    'top/*, imports: #high',
  ]);
});
