import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toShownManifest } from './shown-manifest.ts';

test('values that look like secrets are left out, also where kubectl has kept them', () => {
  const env = [
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'DATABASE_URL', value: 'postgres://me:hunter2@db/shop' },
    { name: 'LOG_LEVEL', value: 'debug' },
    { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'api', key: 'key' } } },
  ];
  const pod = {
    metadata: {
      name: 'web',
      managedFields: [{ manager: 'kubectl' }],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"value":"hunter2"}', team: 'shop' },
    },
    spec: {
      containers: [{ name: 'web', env }],
      initContainers: [{ name: 'init', env: [env[0] ?? {}] }],
      ephemeralContainers: [{ name: 'd' }],
    },
  };
  const text = JSON.stringify(toShownManifest(pod));
  assert.ok(!text.includes('hunter2'), text);
  assert.ok(
    text.includes('"debug"') &&
      text.includes('"secretKeyRef":{"name":"api","key":"key"}') &&
      text.includes('"team":"shop"'),
  );
  assert.ok(JSON.stringify(pod).includes('hunter2'), 'what was given is as it was');
});
