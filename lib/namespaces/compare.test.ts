import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerDetail } from '../pods.ts';
import { compareNamespaces } from './compare.ts';
import { explainRow } from './explain.ts';
import type { NamespaceObservation } from './observation.ts';

const settings = { hostNetwork: false, hostPID: false, hostIPC: false, hostUsers: true, shareProcessNamespace: false };
const container = (name: string, target?: string): ContainerDetail => ({
  name,
  target,
  kind: target === undefined ? 'main' : 'ephemeral',
  image: 'x',
  containerId: undefined,
  state: { kind: 'running', startedAt: 0 },
  lastEnd: undefined,
  ready: true,
  restarts: 0,
  stdin: false,
  tty: false,
  user: undefined,
  addedCapabilities: [],
  privileged: false,
});
const pod = { settings, containers: [container('web'), container('log'), container('dbg', 'web')] };

function observe(inodes: Record<string, { pid?: number; net?: number }>): NamespaceObservation {
  const containers = Object.fromEntries(
    Object.entries(inodes).map(([name, namespaces]) => [
      name,
      { source: { kind: 'exec' as const, container: name }, namespaces },
    ]),
  );
  return { at: 1, nodeStartedAt: 0, containers, processes: [], unlisted: 0 };
}

function row(kind: string, observation?: NamespaceObservation) {
  const found = compareNamespaces(pod, observation).rows.find((candidate) => candidate.kind === kind);
  assert.ok(found);
  return found;
}

test('before anything is read, the letters are those of the prediction', () => {
  const { cells } = row('pid');
  assert.deepEqual(
    cells.map((cell) => [cell.predictedGroup, cell.observed.kind]),
    [
      ['A', 'pending'],
      ['B', 'pending'],
      ['A', 'pending'],
    ],
  );
});

test('equal inodes get equal letters', () => {
  const { cells, surprises } = row('pid', observe({ web: { pid: 7 }, log: { pid: 8 }, dbg: { pid: 7 } }));
  assert.deepEqual(
    cells.map((cell) => cell.observed.kind === 'read' && cell.observed.group),
    ['A', 'B', 'A'],
  );
  assert.deepEqual(surprises, []);
});

test('a reading that contradicts the rules is a surprise, and the sentence names both', () => {
  const surprising = row('pid', observe({ web: { pid: 7 }, log: { pid: 8 }, dbg: { pid: 9 } }));
  assert.deepEqual(surprising.surprises, [['web', 'dbg']]);
  assert.match(explainRow(surprising), /Unexpected: the rules say otherwise for web and dbg/);
});

test('an unread cell says why and what to do, and is no surprise', () => {
  const observation = observe({ web: { net: 1 } });
  observation.containers['log'] = {
    source: { kind: 'unreadable', why: 'No shell.', next: 'Use a target.' },
    namespaces: {},
  };
  const { cells, surprises } = row('net', observation);
  assert.deepEqual(cells[1]?.observed, { kind: 'unread', why: 'No shell.', next: 'Use a target.' });
  assert.deepEqual(surprises, []);
});

test('the sandbox has a column only where its process was seen', () => {
  assert.equal(compareNamespaces(pod, undefined).columns.length, 3);
  const seen = compareNamespaces(pod, observe({ '(sandbox)': { net: 1 } }));
  assert.deepEqual(seen.columns.at(-1)?.name, '(sandbox)');
});

test('the sentence of a shared row names who shares', () => {
  assert.match(
    explainRow(row('pid')),
    /^Shared by web and dbg \(process list.* web and log: neither .* dbg: started with target web/,
  );
  assert.match(explainRow(row('net')), /^Shared by all/);
  assert.match(explainRow(row('mnt')), /^Nobody shares/);
});
