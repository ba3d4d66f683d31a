import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan } from './parts.ts';
import { runParts, timesLine } from './run-parts.ts';

const never = new AbortController().signal;
const shell = (line: string) => ['sh', '-c', line];

test('a run goes on after a part that fails, and says which it was and how long each took', async () => {
  const results = await runParts(
    [
      { name: 'first', command: shell('exit 3') },
      { name: 'second', command: shell('true') },
    ],
    never,
  );
  assert.deepEqual(
    results.map(({ name, isOk }) => [name, isOk]),
    [
      ['first', false],
      ['second', true],
    ],
  );
  assert.match(timesLine(results), /^times: first \d+ s FAILED, second \d+ s; \d+ s in all$/);
});

test('a part without which the others make no sense ends the run', async () => {
  const results = await runParts(
    [
      { name: 'first', command: shell('false'), endsRunOnFailure: true },
      { name: 'second', command: shell('true') },
    ],
    never,
  );
  assert.equal(results.length, 1);
});

test('a program that is not there is a failure', async () => {
  const [result] = await runParts([{ name: 'first', command: ['no-such-program-here'] }], never);
  assert.equal(result?.isOk, false);
});

test('an interrupted run still ends the cluster that it started', async () => {
  const interrupted = new AbortController();
  const running = runParts(
    [
      { name: 'long', command: ['sleep', '60'] },
      { name: 'next', command: shell('true') },
      { name: 'cluster end', command: shell('true') },
    ],
    interrupted.signal,
  );
  interrupted.abort();
  assert.deepEqual(
    (await running).map(({ name }) => name),
    ['long', 'cluster end'],
  );
});

test('minutes are written as minutes', () => {
  assert.equal(timesLine([{ name: 'a', seconds: 125.4, isOk: true }]), 'times: a 2 min 5 s; 2 min 5 s in all');
});

test('without a real cluster the practice stories are the last part; a cluster that was up stays up', () => {
  const names = (hasKubernetes: boolean, isKubernetesUp: boolean) =>
    plan({ isAll: false, hasKubernetes, isKubernetesUp }).map(({ name }) => name);
  assert.equal(names(false, false).at(-1), 'practice stories');
  assert.equal(names(true, false).at(-1), 'cluster end');
  assert.equal(names(true, true).at(-1), 'Kubernetes stories');
});
