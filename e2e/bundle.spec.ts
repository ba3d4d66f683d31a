import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { createObject, expect, kubectl, openPod, test } from './fixtures.ts';

test('a bundle has all that is known of a pod, and no secrets of its YAML', async ({ pods: page }) => {
  const name = `bundled-${Date.now().toString(36)}`;
  createObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { 'made-by': 'story' } },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'main',
          image: 'busybox:1.36',
          command: ['sh', '-c', 'echo said-by-main; exec sleep 100000'],
          env: [
            { name: 'DB_PASSWORD', value: 'hunter2' },
            { name: 'LOG_LEVEL', value: 'debug' },
          ],
        },
      ],
    },
  });
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
  try {
    await openPod(page, name);
    await page.getByRole('region', { name: 'Namespaces as a picture' }).waitFor();
    await page.getByRole('button', { name: 'Bundle' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Make the bundle' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${name}.zip`);
    const files = unzipSync(readFileSync(await file.path()));
    const texts = new Map(
      Object.entries(files).map(([path, bytes]) => [path.replace(/^[^/]*\//, ''), strFromU8(bytes)]),
    );
    expect([...texts.keys()].sort()).toEqual(
      [
        'README.md',
        'logs/main.log',
        'namespaces.json',
        'namespaces.md',
        'namespaces.svg',
        'network.txt',
        'pod.yaml',
        'processes.txt',
        'timeline.md',
      ].sort(),
    );
    expect(texts.get('README.md')).toContain(`# shop/${name}`);
    expect(texts.get('README.md')).not.toContain('not there');
    expect(texts.get('pod.yaml')).toContain('LOG_LEVEL');
    for (const text of texts.values()) expect(text).not.toContain('hunter2');
    expect(texts.get('logs/main.log')).toContain('said-by-main');
    expect(texts.get('processes.txt')).toContain('sleep 100000');
    expect(texts.get('network.txt')).toContain(
      kubectl('-n', 'shop', 'get', 'pod', name, '-o', 'jsonpath={.status.podIP}'),
    );
    expect(texts.get('namespaces.svg')).toContain('<svg');
  } finally {
    kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
  }
});
