import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { defaultPolicy } from '#lib/debug/policy.ts';
import { readDebugSettings } from './debug-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'debug-settings-'));
after(() => rmSync(folder, { recursive: true }));
const read = (text: string) => {
  const file = join(folder, 'debuggers.yaml');
  writeFileSync(file, text);
  return readDebugSettings(file);
};

test('what the file leaves out is as without one', () => {
  assert.deepEqual(readDebugSettings(undefined), { policy: defaultPolicy, idleStopMs: undefined });
  assert.deepEqual(read(''), readDebugSettings(undefined));
  assert.deepEqual(
    read(
      'images: [{ image: a:1, what: tools }]\nprofiles: [restricted, baseline]\nkinds: [copy, ephemeral]\nidleStopMinutes: 0.5',
    ),
    {
      policy: {
        images: [{ image: 'a:1', what: 'tools' }],
        onlyListedImages: false,
        profiles: ['baseline', 'restricted'],
        kinds: ['ephemeral', 'copy'],
      },
      idleStopMs: 30_000,
    },
  );
});

test('what is wrong is said with its place', () => {
  assert.throws(() => read('images: [{ image: Bad }]'), /debuggers\.yaml: images\.0\.image: .*lower case/);
  assert.throws(() => read('profiles: [root]'), /profiles\.0: /);
  assert.throws(() => read('image: x'), /Unrecognized key/);
  assert.throws(() => readDebugSettings(join(folder, 'none.yaml')), /ENOENT/);
});
