import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appTree } from './app-tree.ts';

test('a clone shows its own folders', () => {
  assert.deepEqual(appTree('/home/ada/ephemera'), {
    folder: '/home/ada/ephemera',
    names: ['server', 'lib', 'node_modules', 'package.json'],
    project: '',
  });
});

test('an installed package shows the packages beside it', () => {
  assert.deepEqual(appTree('/home/ada/.npm/_npx/0a1b/node_modules/ephemera'), {
    folder: '/home/ada/.npm/_npx/0a1b',
    names: ['node_modules'],
    project: 'node_modules/ephemera',
  });
});

test('pnpm’s store of linked packages is shown as a whole', () => {
  assert.deepEqual(appTree('/srv/node_modules/.pnpm/ephemera@0.1.0/node_modules/ephemera'), {
    folder: '/srv',
    names: ['node_modules'],
    project: 'node_modules/.pnpm/ephemera@0.1.0/node_modules/ephemera',
  });
});

test('an installation at the root of the file system has a folder, too', () => {
  assert.equal(appTree('/node_modules/ephemera').folder, '/');
});
