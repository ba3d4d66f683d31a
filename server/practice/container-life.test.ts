import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotRun, type PracticeKubectl, startKubectl, startPracticeWithKubectl } from './testing/practice-kubectl.ts';
import { apply, leavesNothing, pod, podNamed, script } from './testing/practice-pods.ts';

test('containers start, end and restart as under a kubelet', { skip: cannotRun }, async (t) => {
  await using practice = await startPracticeWithKubectl('');
  for (const [title, run] of [
    ['restart policies, exit codes, termination messages and CrashLoopBackOff', restartPolicies],
    ['a missing program leaves no process in a shared process namespace', missingProgram],
    ['init containers run in order before the others, and a failing one holds them back', initContainers],
    ['readiness by http and exec, liveness that kills', probes],
    ['KILL comes only after the grace period that TERM gives', gracePeriod],
    ['deleted pods leave no process and no folder', leavesNothing],
  ] as const)
    await t.test(title, () => run(practice));
});

async function restartPolicies(practice: PracticeKubectl): Promise<void> {
  const fails = script('echo gone wrong > /dev/termination-log; exit 3');
  await apply(
    practice,
    pod('always', fails),
    pod('never', fails, { restartPolicy: 'Never' }),
    pod('on-failure', script('exit 0'), { restartPolicy: 'OnFailure' }),
    // The kernel keeps process 1 of a namespace from signals that come from inside and that it does not handle.
    pod('unkillable', script('kill -9 $$ & wait; (kill -TERM 1); exec sleep 0'), { restartPolicy: 'Never' }),
  );
  await apply(practice, pod('programless', { command: ['none'] }, { restartPolicy: 'Never' }));
  await podNamed(practice, 'programless').until('.status.phase', 'Failed');
  const [programless] = (await podNamed(practice, 'programless').status()).containerStatuses;
  assert.equal(programless.state.terminated.exitCode, 128);
  assert.match(programless.state.terminated.message, /exec: "none": executable file not found in \$PATH/);
  await podNamed(practice, 'never').until('.status.phase', 'Failed');
  const { state } = (await podNamed(practice, 'never').status()).containerStatuses[0];
  assert.deepEqual(
    [state.terminated.exitCode, state.terminated.message, state.terminated.reason],
    [3, 'gone wrong\n', 'Error'],
  );
  await podNamed(practice, 'on-failure').until('.status.phase', 'Succeeded');
  await podNamed(practice, 'unkillable').until('.status.phase', 'Succeeded');
  await podNamed(practice, 'always').until('.status.containerStatuses[0].state.waiting.reason', 'CrashLoopBackOff');
  const [always] = (await podNamed(practice, 'always').status()).containerStatuses;
  assert.equal(always.restartCount, 1);
  assert.match(always.state.waiting.message, /^back-off 10s restarting failed container=main pod=always_default\(/);
  assert.equal(always.lastState.terminated.exitCode, 3);
}

async function missingProgram(practice: PracticeKubectl): Promise<void> {
  const { kubectl } = practice;
  const main = { name: 'main', image: 'busybox:1.36', command: ['sleep', '100000'] };
  const spec = {
    restartPolicy: 'Never',
    shareProcessNamespace: true,
    containers: [main, { ...main, name: 'other', command: ['none'] }],
  };
  await apply(practice, pod('sharing', {}, spec));
  await kubectl(
    'wait',
    '--for=jsonpath={.status.containerStatuses[?(@.name=="other")].state.terminated.exitCode}=128',
    'pod/sharing',
    '--timeout=20s',
  );
  // Not by `ps`, because the columns of busybox and procps differ.
  const commands = `for line in /proc/[0-9]*/cmdline; do tr '\\000' ' ' <$line; echo; done`;
  const processes = await kubectl('exec', 'sharing', '-c', 'main', '--', 'sh', '-c', commands);
  assert.match(processes, /sleep 100000/);
  assert.doesNotMatch(processes, /container\.sh/);
  // Process 1 reaps orphans, as in a real sandbox; a zombie would keep its folder in /proc.
  const orphan = '(sleep 0.1 & echo $! >/tmp/orphan)';
  const buried =
    'i=0; while [ -d "/proc/$(cat /tmp/orphan)" ]; do i=$((i + 1)); [ $i -gt 50 ] && exit 1; sleep 0.1; done';
  await kubectl('exec', 'sharing', '-c', 'main', '--', 'sh', '-c', `${orphan}; ${buried}`);
}

async function initContainers(practice: PracticeKubectl): Promise<void> {
  const init = (name: string, text: string) => ({
    name,
    image: 'busybox:1.36',
    ...script(text),
    volumeMounts: [{ name: 'work', mountPath: '/work' }],
  });
  const volumes = [{ name: 'work', emptyDir: {} }];
  const volumeMounts = [{ name: 'work', mountPath: '/work' }];
  await apply(
    practice,
    pod(
      'in-order',
      { volumeMounts },
      { volumes, initContainers: [init('one', 'echo 1 > /work/log'), init('two', 'echo 2 >> /work/log')] },
    ),
    pod('held-back', { volumeMounts }, { volumes, initContainers: [init('one', 'exit 1')] }),
  );
  await podNamed(practice, 'in-order').ready();
  assert.equal(await podNamed(practice, 'in-order').exec('cat', '/work/log'), '1\n2\n');
  await podNamed(practice, 'held-back').until(
    '.status.initContainerStatuses[0].state.waiting.reason',
    'CrashLoopBackOff',
  );
  assert.equal(
    (await podNamed(practice, 'held-back').status()).containerStatuses[0].state.waiting.reason,
    'PodInitializing',
  );
}

async function probes(practice: PracticeKubectl): Promise<void> {
  const { kubectl } = practice;
  await apply(
    practice,
    pod('http', {
      image: 'py-serv',
      command: undefined,
      readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 },
    }),
    pod('by-file', { readinessProbe: { exec: { command: ['cat', '/tmp/ready'] }, periodSeconds: 1 } }),
    pod('dying', { livenessProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 1 } }),
  );
  await podNamed(practice, 'http').ready();
  await podNamed(practice, 'by-file').until('.status.phase', 'Running');
  assert.match(await kubectl('get', 'pod', 'by-file'), /0\/1 +Running/);
  await podNamed(practice, 'by-file').exec('touch', '/tmp/ready');
  await podNamed(practice, 'by-file').ready();
  await podNamed(practice, 'by-file').exec('rm', '/tmp/ready');
  await kubectl('wait', '--for=condition=Ready=false', 'pod/by-file', '--timeout=20s');
  await podNamed(practice, 'dying').until('.status.containerStatuses[0].restartCount', '1');
  assert.match(await kubectl('get', 'events'), /Container main failed liveness probe, will be restarted/);
}

async function gracePeriod(practice: PracticeKubectl): Promise<void> {
  const { kubectl } = practice;
  await apply(
    practice,
    pod('polite', script('trap "echo bye; exit 0" TERM; echo ready; while true; do sleep 0.1; done'), {
      terminationGracePeriodSeconds: 30,
    }),
    pod('stubborn', script('trap "" TERM; while true; do sleep 0.1; done')),
  );
  await podNamed(practice, 'polite').ready();
  await using following = startKubectl(practice, 'kubectl', 'logs', '-f', 'polite');
  const bye = following.seen(/ready\nbye\n/);
  await following.seen(/ready/);
  const begin = Date.now();
  await kubectl('delete', 'pod', 'polite');
  await bye;
  assert.ok(Date.now() - begin < 10_000, 'it did not wait for the whole grace period');
  await kubectl('delete', 'pod', 'stubborn', '--timeout=20s');
}
