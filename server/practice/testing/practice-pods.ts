import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { PracticeKubectl } from './practice-kubectl.ts';

/** A pod with one busybox container. `container` and `spec` override its fields. */
export function pod(name: string, container: object, spec: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { name } },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '100000'], ...container }],
      ...spec,
    },
  };
}

export const script = (text: string) => ({ command: ['sh', '-c', text] });

export async function apply({ withInput }: PracticeKubectl, ...objects: object[]): Promise<void> {
  await withInput(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), 'apply', '-f', '-');
}

/** Questions about one pod. */
export function podNamed({ kubectl }: PracticeKubectl, name: string) {
  return {
    status: async () => JSON.parse(await kubectl('get', 'pod', name, '-o', 'json')).status,
    /** Waits until the field at a JSON path has this value. */
    until: (path: string, value: string) =>
      kubectl('wait', `--for=jsonpath={${path}}=${value}`, `pod/${name}`, '--timeout=20s'),
    ready: () => kubectl('wait', '--for=condition=Ready', `pod/${name}`, '--timeout=20s'),
    exec: (...words: string[]) => kubectl('exec', name, '--', ...words),
  };
}

/** Deletes all pods, and checks that no process and no folder of theirs stays. */
export async function leavesNothing({ kubectl, cluster }: PracticeKubectl): Promise<void> {
  await kubectl('delete', 'pods', '--all', '--grace-period=1', '--timeout=30s');
  const folder = cluster.kubeconfig.replace(/kubeconfig$/, 'data/');
  for (const name of ['pods', 'logs']) assert.deepEqual(readdirSync(`${folder}${name}`), []);
}
