import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { createPod, podAddress, uniqueName } from './clusters/pods.ts';
import { test as base, expect } from './fixtures.ts';
import { openPod } from './pages.ts';
import { onPractice } from './where.ts';

const test = base.extend<{ secretive: string }>({
  /** The name of a pod with a password in its YAML. */
  secretive: async ({ cluster }, use) => {
    const name = uniqueName('bundled');
    try {
      await createPod(cluster, name, {
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
      });
      await use(name);
    } finally {
      await cluster.deletePod(name);
    }
  },
});

test(
  'a bundle contains everything that is known of a pod, without the secrets of its YAML',
  onPractice,
  async ({ app: page, cluster, secretive: name }) => {
    await openPod(page, cluster, name);
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
    expect(texts.get('README.md')).toContain(`# ${cluster.namespace}/${name}`);
    expect(texts.get('README.md')).not.toContain('not there');
    expect(texts.get('pod.yaml')).toContain('LOG_LEVEL');
    for (const text of texts.values()) expect(text).not.toContain('hunter2');
    expect(texts.get('logs/main.log')).toContain('said-by-main');
    expect(texts.get('processes.txt')).toContain('sleep 100000');
    const address = await podAddress(cluster, name);
    expect(address).not.toBe('');
    expect(texts.get('network.txt')).toContain(address);
    expect(texts.get('namespaces.svg')).toContain('<svg');
  },
);
