import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { cannotRun, type PracticeKubectl, startKubectl, startPracticeWithKubectl } from './testing/practice-kubectl.ts';

/** A pod with one busybox container; what is given goes over it. */
function pod(name: string, container: object, spec: object = {}): object {
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

const script = (text: string) => ({ command: ['sh', '-c', text] });

async function apply({ withInput }: PracticeKubectl, ...objects: object[]): Promise<void> {
  await withInput(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), 'apply', '-f', '-');
}

async function statusOf({ kubectl }: PracticeKubectl, name: string) {
  return JSON.parse(await kubectl('get', 'pod', name, '-o', 'json')).status;
}

test('containers live as the kubelet has them live', { skip: cannotRun }, async (t) => {
  await using practice = await startPracticeWithKubectl('');
  const { kubectl, refusal } = practice;
  const until = (name: string, path: string, value: string) =>
    kubectl('wait', `--for=jsonpath={${path}}=${value}`, `pod/${name}`, '--timeout=20s');
  const ready = (name: string) => kubectl('wait', '--for=condition=Ready', `pod/${name}`, '--timeout=20s');
  const exec = (name: string, ...words: string[]) => kubectl('exec', name, '--', ...words);

  await t.test('restart policies, exit codes, termination messages and CrashLoopBackOff', async () => {
    const fails = script('echo gone wrong > /dev/termination-log; exit 3');
    await apply(
      practice,
      pod('always', fails),
      pod('never', fails, { restartPolicy: 'Never' }),
      pod('on-failure', script('exit 0'), { restartPolicy: 'OnFailure' }),
      pod('killed', script('kill -9 $$ & sleep 1; (kill -TERM 1); exec sleep 0'), { restartPolicy: 'Never' }),
    );
    await apply(practice, pod('programless', { command: ['none'] }, { restartPolicy: 'Never' }));
    await until('programless', '.status.phase', 'Failed');
    const [programless] = (await statusOf(practice, 'programless')).containerStatuses;
    assert.equal(programless.state.terminated.exitCode, 128);
    assert.match(programless.state.terminated.message, /exec: "none": executable file not found in \$PATH/);
    await until('never', '.status.phase', 'Failed');
    const { state } = (await statusOf(practice, 'never')).containerStatuses[0];
    assert.deepEqual(
      [state.terminated.exitCode, state.terminated.message, state.terminated.reason],
      [3, 'gone wrong\n', 'Error'],
    );
    await until('on-failure', '.status.phase', 'Succeeded');
    await until('always', '.status.containerStatuses[0].state.waiting.reason', 'CrashLoopBackOff');
    const [always] = (await statusOf(practice, 'always')).containerStatuses;
    assert.equal(always.restartCount, 1);
    assert.match(always.state.waiting.message, /^back-off 10s restarting failed container=main pod=always_default\(/);
    assert.equal(always.lastState.terminated.exitCode, 3);
  });

  await t.test('a program that is missing leaves no process among those it would have shared a list with', async () => {
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
    // Not by `ps`: busybox's and procps' show other columns.
    const commands = `for line in /proc/[0-9]*/cmdline; do tr '\\000' ' ' <$line; echo; done`;
    const processes = await kubectl('exec', 'sharing', '-c', 'main', '--', 'sh', '-c', commands);
    assert.match(processes, /sleep 100000/);
    assert.doesNotMatch(processes, /container\.sh/);
    // As a real sandbox does, process 1 buries what others leave behind: a zombie would keep its folder in /proc.
    const orphan = '(sleep 0.1 & echo $! >/tmp/orphan)';
    const buried =
      'i=0; while [ -d "/proc/$(cat /tmp/orphan)" ]; do i=$((i + 1)); [ $i -gt 50 ] && exit 1; sleep 0.1; done';
    await kubectl('exec', 'sharing', '-c', 'main', '--', 'sh', '-c', `${orphan}; ${buried}`);
  });

  await t.test('init containers run in order before the others, and a failing one holds them back', async () => {
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
    await ready('in-order');
    assert.equal(await exec('in-order', 'cat', '/work/log'), '1\n2\n');
    await until('held-back', '.status.initContainerStatuses[0].state.waiting.reason', 'CrashLoopBackOff');
    assert.equal((await statusOf(practice, 'held-back')).containerStatuses[0].state.waiting.reason, 'PodInitializing');
  });

  await t.test('environment, downward fields, configMaps, secrets and their volumes', async () => {
    await apply(
      practice,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data: { COLOUR: 'green', file: 'content' },
      },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { KEY: 's3cret' } },
      pod(
        'configured',
        {
          envFrom: [{ configMapRef: { name: 'settings' } }],
          env: [
            { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
            { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'KEY' } } },
            { name: 'BOTH', value: '$(NAME)-$(COLOUR)-$$(NAME)-$(NONE)' },
            { name: 'with.dots', value: 'a b\n"c"' },
          ],
          volumeMounts: [
            { name: 'settings', mountPath: '/etc/settings' },
            { name: 'keys', mountPath: '/etc/keys' },
            { name: 'about', mountPath: '/etc/about' },
          ],
        },
        {
          volumes: [
            { name: 'settings', configMap: { name: 'settings', items: [{ key: 'file', path: 'deep/name' }] } },
            { name: 'keys', secret: { secretName: 'keys' } },
            { name: 'about', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
          ],
        },
      ),
      pod('misconfigured', { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'none', key: 'x' } } }] }),
    );
    await ready('configured');
    assert.equal(
      await exec('configured', 'sh', '-c', 'echo $COLOUR $KEY $NAME $BOTH'),
      'green s3cret configured configured-green-$(NAME)-$(NONE)\n',
    );
    assert.match(await exec('configured', 'env'), /^with\.dots=a b\n"c"$/m);
    assert.equal(
      await exec('configured', 'cat', '/etc/settings/deep/name', '/etc/keys/KEY', '/etc/about/labels'),
      'contents3cretname="configured"',
    );
    assert.match((await refusal('exec', 'configured', '--', 'touch', '/etc/settings/x')).stderr, /Read-only/);
    await until('misconfigured', '.status.containerStatuses[0].state.waiting.reason', 'CreateContainerConfigError');
    assert.equal(
      (await statusOf(practice, 'misconfigured')).containerStatuses[0].state.waiting.message,
      'configmap "none" not found',
    );
  });

  await t.test('users and capabilities decide what may be read of another process', async () => {
    await apply(
      practice,
      pod('unprivileged', { securityContext: { runAsUser: 1000, capabilities: { drop: ['ALL'] } } }),
      pod('root-image', { securityContext: { runAsNonRoot: true } }),
      pod(
        'traced',
        { name: 'app', securityContext: { runAsUser: 1000 } },
        {
          shareProcessNamespace: true,
          containers: [
            { name: 'app', image: 'busybox:1.36', ...script('exec sleep 7777'), securityContext: { runAsUser: 1000 } },
            {
              name: 'tracer',
              image: 'busybox:1.36',
              ...script('exec sleep 8888'),
              securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
            },
            {
              name: 'other',
              image: 'busybox:1.36',
              ...script('exec sleep 9999'),
              securityContext: { runAsUser: 2000 },
            },
          ],
        },
      ),
    );
    await ready('unprivileged');
    assert.equal(await exec('unprivileged', 'id', '-u'), '1000\n');
    assert.match(await exec('unprivileged', 'grep', 'CapBnd', '/proc/self/status'), /^CapBnd:\s+0+$/m);
    await until('root-image', '.status.containerStatuses[0].state.waiting.reason', 'CreateContainerConfigError');
    await ready('traced');
    const readRoot = (container: string) =>
      kubectl(
        'exec',
        'traced',
        '-c',
        container,
        '--',
        'sh',
        '-c',
        'for p in /proc/[0-9]*; do grep -q 7777 $p/cmdline && ls -d $p/root/ && ls -l $p/ns/net >/dev/null && echo can; done 2>&1; true',
      );
    assert.match(await readRoot('tracer'), /can/);
    assert.match(await readRoot('other'), /denied/);
  });

  await t.test('readiness by http and exec, liveness that kills', async () => {
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
    await ready('http');
    assert.match(await kubectl('get', 'pod', 'by-file'), /0\/1 +Running/);
    await exec('by-file', 'touch', '/tmp/ready');
    await ready('by-file');
    await exec('by-file', 'rm', '/tmp/ready');
    await kubectl('wait', '--for=condition=Ready=false', 'pod/by-file', '--timeout=20s');
    await until('dying', '.status.containerStatuses[0].restartCount', '1');
    assert.match(await kubectl('get', 'events'), /Container main failed liveness probe, will be restarted/);
  });

  await t.test('TERM is given its grace, then comes KILL', async () => {
    await apply(
      practice,
      pod('polite', script('trap "echo bye; exit 0" TERM; echo ready; while true; do sleep 0.1; done'), {
        terminationGracePeriodSeconds: 30,
      }),
      pod('stubborn', script('trap "" TERM; while true; do sleep 0.1; done')),
    );
    await ready('polite');
    await using following = startKubectl(practice, 'kubectl', 'logs', '-f', 'polite');
    const bye = following.seen(/ready\nbye\n/);
    await following.seen(/ready/);
    const begin = Date.now();
    await kubectl('delete', 'pod', 'polite');
    await bye;
    assert.ok(Date.now() - begin < 10_000, 'it did not wait for the whole grace period');
    await kubectl('delete', 'pod', 'stubborn', '--timeout=20s');
  });

  await t.test('logs are rotated, and a follower loses nothing', async () => {
    const lines = 400_000;
    await apply(
      practice,
      pod(
        'chatty',
        script(`sleep 1; yes 0123456789012345678901234567890123456789 | head -n ${lines}; echo end; exec sleep 1000`),
      ),
    );
    await ready('chatty');
    const text = await new Promise<string>((resolve) => {
      const { child } = startKubectl(practice, 'kubectl', 'logs', '-f', 'chatty');
      const parts: Buffer[] = [];
      child.stdout.on('data', (part: Buffer) => {
        parts.push(part);
        if (part.toString('latin1').endsWith('end\n')) child.kill();
      });
      child.once('close', () => resolve(Buffer.concat(parts).toString('latin1')));
    });
    assert.equal(text.split('\n').length - 1, lines + 1);
    assert.ok(text.endsWith('end\n'));
  });

  await t.test('a client that stops reading holds up neither the container nor another client', async () => {
    await apply(practice, pod('flood', { ...script('read _; yes'), stdin: true }));
    await ready('flood');
    await using stalled = startKubectl(practice, 'kubectl', 'attach', 'flood');
    await using other = startKubectl(practice, 'kubectl', 'attach', 'flood');
    await Promise.all(
      [stalled, other].map(({ child }) => new Promise((resolve) => child.stderr.once('data', resolve))),
    );
    stalled.child.stdout.pause();
    let read = 0;
    const enough = new Promise<void>((resolve) => {
      other.child.stdout.on('data', (part: Buffer) => {
        read += part.length;
        if (read > 64 * 1024 * 1024) resolve();
      });
    });
    await using _ = startKubectl(practice, 'sh', '-c', 'echo go | kubectl attach -i flood >/dev/null');
    await enough;
    await kubectl('delete', 'pod', 'flood', '--now');
  });

  await t.test('deleting pods leaves no process and no folder of theirs', async () => {
    await kubectl('delete', 'pods', '--all', '--grace-period=1', '--timeout=30s');
    const folder = practice.cluster.kubeconfig.replace(/kubeconfig$/, 'data/');
    for (const name of ['pods', 'logs']) assert.deepEqual(readdirSync(`${folder}${name}`), []);
  });
});
