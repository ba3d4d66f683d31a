import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamespaceObservation } from '../namespaces/observation.ts';
import type { ObservedProcess } from '../processes/observed-process.ts';
import { fileReaders, readerWords } from './file-readers.ts';

const seen = (seenFrom: string, pid: number, { container, mnt }: { container: string; mnt?: number }) =>
  ({ seenFrom, pid, startTicks: pid * 10, container, namespaces: mnt === undefined ? {} : { mnt } }) as ObservedProcess;
const source = { kind: 'exec', container: 'dbg' } as const;
const unreadable = { kind: 'unreadable', why: '', next: '' } as const;

test('a container is read by its own shell, or below the root of its first process that is shown', () => {
  const observation: NamespaceObservation = {
    at: 0,
    nodeStartedAt: 0,
    unlisted: 0,
    containers: { dbg: { source, namespaces: {} }, web: { source: unreadable, namespaces: {} } },
    processes: [
      seen('dbg', 9, { container: 'web', mnt: 2 }),
      seen('dbg', 1, { container: 'web', mnt: 2 }),
      seen('dbg', 20, { container: 'dbg', mnt: 3 }),
      seen('low', 1, { container: 'web' }),
    ],
  };
  assert.deepEqual(fileReaders('web', observation), [{ container: 'dbg', process: { pid: 1, startTicks: 10 } }]);
  assert.deepEqual(fileReaders('dbg', observation), [{ container: 'dbg', process: undefined }]);
  assert.deepEqual(fileReaders('none', observation), []);
  assert.deepEqual(fileReaders('web', observation).map(readerWords), ['/proc/1/root in dbg']);
});
