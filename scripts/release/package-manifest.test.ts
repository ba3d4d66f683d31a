import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageManifest, projectManifest } from './package-manifest.ts';

const root = join(import.meta.dirname, '../..');
const project = projectManifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

test('the released package depends on what is imported, in the pinned versions', () => {
  const manifest = packageManifest({ ...project, dependencies: { ws: '8.0.0', react: '19.0.0' } }, ['ws']);
  assert.deepEqual(Object.entries(manifest).find(([name]) => name === 'dependencies')?.[1], { ws: '8.0.0' });
});

test('an import that package.json does not name is refused', () => {
  assert.throws(
    () => packageManifest(project, ['left-pad']),
    /imports left-pad, which package.json does not depend on/,
  );
});

test('a range of versions is refused', () => {
  assert.throws(() => packageManifest({ ...project, dependencies: { ws: '^8.0.0' } }, ['ws']), /pin it to one version/);
});
