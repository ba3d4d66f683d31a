import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NamespaceObservation, sandboxColumn } from './observation.ts';
import { namespacesOf } from './of-process.ts';

test('a process is told with whom it shares what, and what could not be read', () => {
  const source = { kind: 'exec', container: 'web' } as const;
  const observation: NamespaceObservation = {
    at: 0,
    nodeStartedAt: 0,
    unlisted: 0,
    containers: {
      web: { source, namespaces: { net: 1, mnt: 2 } },
      [sandboxColumn]: { source, namespaces: { net: 1, mnt: 3 } },
    },
    processes: [],
  };
  const found = new Map(namespacesOf({ namespaces: { net: 1, mnt: 9 } }, observation).map((one) => [one.kind, one]));
  assert.deepEqual(found.get('net'), { kind: 'net', inode: 1, sharedWith: ['web', 'the sandbox'] });
  assert.deepEqual(found.get('mnt'), { kind: 'mnt', inode: 9, sharedWith: [] });
  assert.deepEqual(found.get('pid'), { kind: 'pid', inode: undefined, sharedWith: [] });
});
