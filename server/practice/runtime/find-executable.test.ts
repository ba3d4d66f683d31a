import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findExecutable } from './find-executable.ts';

test('links are followed as the container sees them', () => {
  const root = mkdtempSync(join(tmpdir(), 'practice-root-'));
  try {
    for (const name of ['bin', 'usr', 'etc']) mkdirSync(join(root, name));
    writeFileSync(join(root, 'bin/tool'), '', { mode: 0o755 });
    writeFileSync(join(root, 'bin/data'), '', { mode: 0o644 });
    symlinkSync('/bin', join(root, 'usr/bin'));
    symlinkSync('/bin/tool', join(root, 'bin/absolute'));
    symlinkSync('../../../../bin/sh', join(root, 'bin/outside'));
    symlinkSync('/bin/loop', join(root, 'bin/loop'));
    const find = (program: string) => findExecutable(root, program, { path: '/none:/usr/bin', workingDir: '/bin' });
    assert.equal(find('tool'), '/usr/bin/tool');
    assert.equal(find('absolute'), '/usr/bin/absolute');
    assert.equal(find('/bin/tool'), '/bin/tool');
    assert.equal(find('./tool'), '/bin/tool');
    // `..` stops at the root. The root has no sh, although the host has one.
    for (const missing of ['outside', 'loop', 'data', 'none', '/bin', '../etc'])
      assert.equal(find(missing), undefined, missing);
  } finally {
    rmSync(root, { recursive: true });
  }
});
