import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotRun, type PracticeKubectl, startKubectl, startPracticeWithKubectl } from './testing/practice-kubectl.ts';
import { apply, leavesNothing, pod, podNamed, script } from './testing/practice-pods.ts';

test('output reaches its readers whatever its speed', { skip: cannotRun }, async (t) => {
  await using practice = await startPracticeWithKubectl('');
  await t.test('a follower of a log misses nothing while it is rotated', () => rotatedLog(practice));
  await t.test('a client that stops reading holds up neither the container nor another client', () =>
    stalledClient(practice),
  );
  await t.test('deleted pods leave no process and no folder', () => leavesNothing(practice));
});

/** Types a line into a container that waits for one. */
function typeInto(practice: PracticeKubectl, name: string) {
  return startKubectl(practice, 'sh', '-c', `echo go | kubectl attach -i ${name} >/dev/null`);
}

async function rotatedLog(practice: PracticeKubectl): Promise<void> {
  const lines = 400_000;
  const numbers = '0123456789012345678901234567890123456789';
  const printing = script(`echo begin; read _; yes ${numbers} | head -n ${lines}; echo end`);
  await apply(practice, pod('chatty', { ...printing, stdin: true }, { restartPolicy: 'Never' }));
  await podNamed(practice, 'chatty').ready();
  await using following = startKubectl(practice, 'kubectl', 'logs', '-f', 'chatty');
  const parts: Buffer[] = [];
  following.child.stdout.on('data', (part: Buffer) => parts.push(part));
  // kubectl ends by itself after it has read the log of a container that has ended.
  const ended = new Promise((resolve) => following.child.once('close', resolve));
  await following.seen(/^begin$/m);
  await using _ = typeInto(practice, 'chatty');
  await ended;
  const text = Buffer.concat(parts).toString('latin1');
  assert.equal(text.split('\n').length - 1, lines + 2);
  assert.ok(text.endsWith('end\n'));
}

async function stalledClient(practice: PracticeKubectl): Promise<void> {
  const { kubectl } = practice;
  await apply(practice, pod('flood', { ...script('read _; yes'), stdin: true }));
  await podNamed(practice, 'flood').ready();
  await using stalled = startKubectl(practice, 'kubectl', 'attach', 'flood');
  await using other = startKubectl(practice, 'kubectl', 'attach', 'flood');
  // kubectl prints a hint about the prompt once it is attached.
  await Promise.all([stalled, other].map(({ child }) => new Promise((resolve) => child.stderr.once('data', resolve))));
  stalled.child.stdout.pause();
  let read = 0;
  const enough = new Promise<void>((resolve, reject) => {
    other.child.once('close', () => reject(new Error(`kubectl attach ended after ${read} bytes`)));
    other.child.stdout.on('data', (part: Buffer) => {
      read += part.length;
      if (read > 64 * 1024 * 1024) resolve();
    });
  });
  await using _ = typeInto(practice, 'flood');
  await enough;
  await kubectl('delete', 'pod', 'flood', '--now');
}
