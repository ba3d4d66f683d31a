import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { type Stage, startStage } from './testing/kubectl-stage.ts';
import { cannotRun, kubectls, startKubectl } from './testing/practice-kubectl.ts';

/** Everyday uses of kubectl, tried with each version that the machine has. */
for (const program of cannotRun ? ['kubectl'] : kubectls()) {
  test(`${basename(program)} works against the practice cluster`, { skip: cannotRun }, async (t) => {
    await using stage = await startStage(program);
    for (const [title, run] of [
      ['get, describe, version, api-resources, explain, events', objects],
      ['logs', logs],
      ['exec with exit codes, stdin, both outputs and a terminal', exec],
      ['attach, with a terminal', attach],
      ['cp to a container and back', copyFiles],
      ['debug: a target, every profile, copies', debug],
      ['apply, server-side too, patches, label and annotate, delete', changePod],
      ['create, scale, set image, rollout, wait', changeDeployment],
      ['auth can-i, as both users', rights],
      ['port-forward', portForward],
      ['get -w', watch],
    ] as const)
      await t.test(title, () => run(stage));
  });
}

async function objects({ kubectl, shop }: Stage): Promise<void> {
  assert.match(await kubectl('version'), /v1\.33\.0/);
  assert.match(await kubectl('api-resources'), /^endpointslices /m);
  assert.match(await shop('get', 'pods', '-o', 'wide'), /nginx +2\/2 +Running/);
  assert.match(await shop('get', 'deploy,rs,svc,endpointslices'), /py-serv +2\/2/);
  assert.match(await kubectl('get', 'nodes', '-o', 'wide'), /practice +Ready +control-plane/);
  assert.match(await shop('describe', 'pod', 'crashing'), /Back-off restarting failed container=main/);
  assert.match(await shop('describe', 'deploy', 'py-serv'), /2 desired \| 2 updated \| 2 total \| 2 available/);
  assert.match(await kubectl('describe', 'node', 'practice'), /Ephemera practice cluster/);
  assert.match(
    await kubectl('explain', 'pods.spec.ephemeralContainers.targetContainerName'),
    /process namespace|namespaces/,
  );
  assert.match(await shop('events'), /Scheduled/);
  assert.match(await kubectl('get', 'events', '-A'), /FailedScheduling/);
}

async function logs(stage: Stage): Promise<void> {
  const { program, shop, refusal } = stage;
  assert.equal(await shop('logs', 'finished'), '42 orders were sent\n');
  assert.match(await shop('logs', 'finished', '--timestamps'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z 42 orders/);
  assert.equal(await shop('logs', 'crashing', '-p'), 'cannot read /etc/app/config.yaml\n');
  await shop(
    'run',
    'counter',
    '--image=busybox:1.36',
    '--restart=Never',
    '--',
    'sh',
    '-c',
    'for i in 1 2 3; do echo line $i; done; exec sleep 1000',
  );
  await shop('wait', '--for=condition=Ready', 'pod/counter', '--timeout=10s');
  await using following = startKubectl(stage, program, '-n', 'shop', 'logs', '-f', 'counter');
  await following.seen(/line 1\nline 2\nline 3\n/);
  assert.equal(await shop('logs', 'counter', '--tail=1'), 'line 3\n');
  assert.equal(await shop('logs', 'counter', '--since=1h'), 'line 1\nline 2\nline 3\n');
  assert.match((await refusal('-n', 'shop', 'logs', 'unpullable')).stderr, /is waiting to start/);
  assert.match(
    (await refusal('-n', 'shop', 'logs', 'counter', '-p')).stderr,
    /previous terminated container "counter" in pod "counter" not found/,
  );
  assert.match(
    (await refusal('-n', 'shop', 'logs', 'counter', '-c', 'none')).stderr,
    /container none is not valid for pod counter/,
  );
}

async function exec({ shop, refusal, withInput, inTerminal, webName }: Stage): Promise<void> {
  assert.equal(await shop('exec', 'counter', '--', 'hostname'), 'counter\n');
  const failed = await refusal('-n', 'shop', 'exec', 'counter', '--', 'sh', '-c', 'echo to stderr >&2; exit 7');
  assert.equal(failed.code, 7);
  assert.match(failed.stderr, /^to stderr/);
  assert.equal(await withInput('typed\n', '-n', 'shop', 'exec', '-i', 'counter', '--', 'cat'), 'typed\n');
  assert.match(
    (await refusal('-n', 'shop', 'exec', webName, '--', 'ls')).stderr,
    /"ls": executable file not found in \$PATH/,
  );
  const shown = await inTerminal(
    ['-n', 'shop', 'exec', '-it', 'counter', '--', 'sh'],
    [
      [/# /, 'stty size\n'],
      [/30 100[\s\S]*# /, 'exit 5\n'],
    ],
  );
  assert.match(shown, /command terminated with exit code 5/);
}

async function attach({ inTerminal }: Stage): Promise<void> {
  const shown = await inTerminal(
    ['-n', 'shop', 'attach', '-it', 'nginx', '-c', 'shell'],
    [
      [/# /, 'echo $((40+2))\n'],
      [/42[\s\S]*# /, 'exit\n'],
    ],
  );
  assert.match(shown, /42/);
}

async function copyFiles({ shop, folder }: Stage): Promise<void> {
  const [there, back] = [join(folder, 'there'), join(folder, 'back')];
  const content = 'x'.repeat(100_000);
  writeFileSync(there, content);
  await shop('cp', there, 'counter:/tmp/file');
  await shop('cp', 'counter:/tmp/file', back);
  assert.equal(readFileSync(back, 'utf8'), content);
}

async function debug({ shop, webName, inTerminal }: Stage): Promise<void> {
  const shown = await inTerminal(
    ['-n', 'shop', 'debug', '-it', webName, '--image=busybox:1.36', '--target=web', '--profile=general'],
    [
      [/# /, `wget -qO- localhost; stat -c '1 %U' /proc/1; tr '\\000' ' ' </proc/1/cmdline; ls /proc/1/root\n`],
      [/srv[\s\S]*# /, 'exit\n'],
    ],
  );
  assert.match(shown, new RegExp(`served by ${webName}`));
  assert.match(shown, /1 root\s+\/web/);
  for (const profile of ['legacy', 'general', 'baseline', 'netadmin', 'sysadmin']) {
    await shop(
      'debug',
      webName,
      '--image=busybox:1.36',
      `--profile=${profile}`,
      '--attach=false',
      '--',
      'sleep',
      '1000',
    ).catch(
      // Not every version knows every profile.
      (error: Error) => assert.match(error.message, /profile/),
    );
  }
  await shop(
    'debug',
    'nginx',
    '--image=busybox:1.36',
    '--copy-to=copy',
    '--share-processes',
    '--set-image=nginx=nginx:2',
    '--container=extra',
    '--env=WHY=test',
    '--',
    'sleep',
    '1000',
  );
  await shop('wait', '--for=condition=Ready', 'pod/copy', '--timeout=20s');
  assert.match(await shop('exec', 'copy', '-c', 'extra', '--', 'sh', '-c', 'echo $WHY; ps'), /^test\n[\s\S]*nginx/);
  assert.equal(await shop('get', 'pod', 'copy', '-o', 'jsonpath={.spec.containers[0].image}'), 'nginx:2');
}

async function changePod({ shop, refusal, withInput }: Stage): Promise<void> {
  const pod = (image: string, labels?: object) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'applied', namespace: 'shop', labels },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image, command: ['sleep', '1000'] }],
      },
    });
  assert.match(await withInput(pod('busybox:1'), 'apply', '-f', '-'), /created/);
  assert.match(await withInput(pod('busybox:1'), 'apply', '-f', '-'), /unchanged/);
  assert.match(
    await withInput(pod('busybox:1', { a: 'b' }), 'apply', '--server-side', '--force-conflicts', '-f', '-'),
    /serverside-applied/,
  );
  assert.match(await withInput(pod('busybox:1'), 'apply', '--server-side', '-f', '-'), /serverside-applied/);
  assert.equal(await shop('get', 'pod', 'applied', '-o', 'jsonpath={.metadata.labels}'), '');
  await shop('label', 'pod', 'applied', 'tier=front');
  await shop('annotate', 'pod', 'applied', 'note=x');
  await shop(
    'patch',
    'pod',
    'applied',
    '--type=json',
    '-p',
    '[{"op":"replace","path":"/metadata/labels/tier","value":"back"}]',
  );
  assert.equal(await shop('get', 'pods', '-l', 'tier=back', '-o', 'name'), 'pod/applied\n');
  await shop('wait', '--for=condition=Ready', 'pod/applied', '--timeout=20s');
  await shop('delete', 'pod', 'applied', '--wait');
  assert.match((await refusal('-n', 'shop', 'get', 'pod', 'applied')).stderr, /pods "applied" not found/);
}

async function changeDeployment({ shop, refusal }: Stage): Promise<void> {
  await shop('create', 'configmap', 'made', '--from-literal=a=b');
  await shop('create', 'deployment', 'made', '--image=busybox:1.36', '--', 'sleep', '1000');
  await shop('scale', 'deployment', 'made', '--replicas=2');
  await shop('rollout', 'status', 'deployment', 'made', '--timeout=20s');
  await shop('set', 'image', 'deployment/made', 'busybox=busybox:1.37');
  await shop('rollout', 'status', 'deployment', 'made', '--timeout=30s');
  assert.match(await shop('get', 'deploy', 'made'), /made +2\/2 +2 +2/);
  await shop('delete', 'deployment', 'made');
  assert.match((await refusal('-n', 'shop', 'run', 'x', '--image=')).stderr, /./);
}

async function rights({ kubectl, refusal }: Stage): Promise<void> {
  assert.equal(await kubectl('auth', 'can-i', 'delete', 'pods'), 'yes\n');
  const viewer = ['--context', 'practice-viewer'];
  assert.equal(await kubectl(...viewer, 'auth', 'can-i', 'list', 'pods'), 'yes\n');
  assert.match(
    (await refusal(...viewer, 'delete', 'pod', '-n', 'shop', 'nginx')).stderr,
    /pods "nginx" is forbidden: User "viewer" cannot delete resource "pods" in API group "" in the namespace "shop"/,
  );
  assert.match((await refusal(...viewer, 'exec', '-n', 'shop', 'counter', '--', 'ls')).stderr, /orbidden|cannot/);
}

async function portForward(stage: Stage): Promise<void> {
  const { program, webName } = stage;
  await using forwarding = startKubectl(stage, program, '-n', 'shop', 'port-forward', webName, ':80');
  const port = /127\.0\.0\.1:(\d+) -> 80/.exec(await forwarding.seen(/-> 80/))?.[1];
  for (let i = 0; i < 3; i++) assert.equal(await fetchText(Number(port)), `served by ${webName}\n`);
}

async function watch(stage: Stage): Promise<void> {
  const { program, shop } = stage;
  await using watching = startKubectl(stage, program, '-n', 'shop', 'get', 'pods', '-w', '-l', 'run=watched');
  const seen = watching.seen(/watched +1\/1 +Running/);
  await shop('run', 'watched', '--image=busybox:1.36', '--', 'sleep', '1000');
  await seen;
}

function fetchText(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}
