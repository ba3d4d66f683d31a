import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type PatchSchema, toMergeKeysFile } from './merge-keys.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

test('the keys by which lists are merged are those of the schema that the practice cluster has', () => {
  const schema = JSON.parse(read('server/practice/schema/kubernetes.json')) as PatchSchema;
  assert.equal(read('lib/merge-keys.ts'), toMergeKeysFile(schema));
});
