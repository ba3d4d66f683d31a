import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Pod } from '../store/pod.ts';
import { BackOff, formatGoDuration } from './back-off.ts';
import { ConfigError, expand } from './environment.ts';
import { volumeMountsOf } from './volumes.ts';

test('variables are expanded as in Kubernetes', () => {
  const env = { A: '1', B: '$(A)' };
  for (const [text, expanded] of [
    ['$(A)-$(B)', '1-$(A)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$1'],
    ['$(NONE) $A $(A', '$(NONE) $A $(A'],
    ['$(constructor)', '$(constructor)'],
  ] as const)
    assert.equal(expand(text, env), expanded);
});

test('a back-off doubles up to five minutes, and starts again after a long quiet time', () => {
  const backOff = new BackOff();
  const waits = Array.from({ length: 7 }, () => backOff.failed(1_000));
  assert.deepEqual(waits.map(formatGoDuration), ['10s', '20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s']);
  assert.equal(backOff.failed(60 * 60_000), 10_000);
});

test('a subPath whose link leads out of its volume is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-volume-'));
  try {
    mkdirSync(join(folder, 'data'));
    symlinkSync('/etc', join(folder, 'data/out'));
    const pod = { spec: { volumes: [{ name: 'data', emptyDir: {} }] } } as unknown as Pod;
    const mount = (subPath: string) =>
      volumeMountsOf(
        pod,
        { name: 'x', image: 'x', volumeMounts: [{ name: 'data', mountPath: '/x', subPath }] },
        folder,
      );
    assert.equal(mount('in/side')[0]?.source, join(folder, 'data/in/side'));
    for (const subPath of ['out', '../..', 'out/ssl', 'out/practice-was-here'])
      assert.throws(() => mount(subPath), ConfigError, subPath);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
