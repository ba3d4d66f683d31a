import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotRun, type PracticeKubectl, startPracticeWithKubectl } from './testing/practice-kubectl.ts';
import { apply, leavesNothing, pod, podNamed, script } from './testing/practice-pods.ts';

test('containers get the configuration that their pod describes', { skip: cannotRun }, async (t) => {
  await using practice = await startPracticeWithKubectl('');
  await t.test('environment, downward fields, ConfigMaps, Secrets and their volumes', () =>
    environmentAndVolumes(practice),
  );
  await t.test('users and capabilities decide what a process may read of another', () =>
    usersAndCapabilities(practice),
  );
  await t.test('deleted pods leave no process and no folder', () => leavesNothing(practice));
});

async function environmentAndVolumes(practice: PracticeKubectl): Promise<void> {
  const { refusal } = practice;
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
  await podNamed(practice, 'configured').ready();
  assert.equal(
    await podNamed(practice, 'configured').exec('sh', '-c', 'echo $COLOUR $KEY $NAME $BOTH'),
    'green s3cret configured configured-green-$(NAME)-$(NONE)\n',
  );
  assert.match(await podNamed(practice, 'configured').exec('env'), /^with\.dots=a b\n"c"$/m);
  assert.equal(
    await podNamed(practice, 'configured').exec('cat', '/etc/settings/deep/name', '/etc/keys/KEY', '/etc/about/labels'),
    'contents3cretname="configured"',
  );
  assert.match((await refusal('exec', 'configured', '--', 'touch', '/etc/settings/x')).stderr, /Read-only/);
  await podNamed(practice, 'misconfigured').until(
    '.status.containerStatuses[0].state.waiting.reason',
    'CreateContainerConfigError',
  );
  assert.equal(
    (await podNamed(practice, 'misconfigured').status()).containerStatuses[0].state.waiting.message,
    'configmap "none" not found',
  );
}

async function usersAndCapabilities(practice: PracticeKubectl): Promise<void> {
  const { kubectl } = practice;
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
  await podNamed(practice, 'unprivileged').ready();
  assert.equal(await podNamed(practice, 'unprivileged').exec('id', '-u'), '1000\n');
  assert.match(await podNamed(practice, 'unprivileged').exec('grep', 'CapBnd', '/proc/self/status'), /^CapBnd:\s+0+$/m);
  await podNamed(practice, 'root-image').until(
    '.status.containerStatuses[0].state.waiting.reason',
    'CreateContainerConfigError',
  );
  await podNamed(practice, 'traced').ready();
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
}
