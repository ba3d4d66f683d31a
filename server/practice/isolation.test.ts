import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { cannotRun, startPracticeWithKubectl } from './testing/practice-kubectl.ts';
import { clusterPid, descendants, isAlive } from './testing/processes.ts';

/** A container with every privilege that the API can give, the node's own namespaces and the node's root folder. */
const privileged = `
apiVersion: v1
kind: Pod
metadata: { name: root }
spec:
  hostPID: true
  hostIPC: true
  hostNetwork: true
  volumes: [{ name: node, hostPath: { path: / } }]
  containers:
    - name: main
      image: toolbox
      command: [sleep, "100000"]
      securityContext: { privileged: true, runAsUser: 0 }
      volumeMounts: [{ name: node, mountPath: /node }]
`;

/** Where a start of the cluster leaves its compiled modules for the next. */
const moduleCache = join(import.meta.dirname, '../../node_modules/.cache/practice');

/** The attempts of a container against the host, and the check that each has failed. */
const attempts: [what: string, script: string, check: () => void][] = [
  [
    'a new file beside the host’s programs',
    'touch /usr/bin/practice-was-here && rm /usr/bin/true; touch /node/usr/bin/practice-was-here',
    () => {
      assert.equal(existsSync('/usr/bin/practice-was-here'), false);
      assert.equal(existsSync('/usr/bin/true') || existsSync('/bin/true'), true);
    },
  ],
  [
    'a read-only mount made writable',
    'mount -o remount,rw /node/usr; mount -o remount,rw,bind /node/usr; touch /node/usr/practice-was-here; nsenter -t 1 -m mount -o remount,rw,bind /usr; nsenter -t 1 -m touch /usr/practice-was-here',
    () => assert.equal(existsSync('/usr/practice-was-here'), false),
  ],
  [
    'the project’s own files',
    'nsenter -t 1 -m sh -c "echo >> /app/server/practice/main.ts; echo >> /app/package.json; rm -f /app/node"',
    () => {
      assert.doesNotMatch(readFileSync(new URL('./main.ts', import.meta.url), 'utf8'), /\n\n$/);
      assert.equal(existsSync(process.execPath), true);
    },
  ],
  [
    'a way up from the machine’s parts of the host',
    'for fd in /proc/self/fd/* /proc/1/fd/*; do ls $fd/../../../../etc/shadow $fd/../../../root; done; chroot /proc/1/root ls /old; ls /proc/*/root/etc/shadow',
    () => {},
  ],
  [
    'kernel settings',
    'echo practice > /proc/sys/kernel/hostname; echo "|/bin/evil" > /proc/sys/kernel/core_pattern; echo c > /proc/sysrq-trigger; echo 1 > /sys/kernel/uevent_seqnum',
    () => assert.doesNotMatch(readFileSync('/proc/sys/kernel/core_pattern', 'utf8'), /evil/),
  ],
  [
    'the host’s disk',
    'mknod /tmp/disk b 254 0 && cat /tmp/disk | head -c 10; for d in /dev/vda /dev/sda; do mount $d /mnt; done',
    () => {},
  ],
  [
    'the modules that the next start runs',
    'for d in /node/images/modules $(find /node/app/node_modules/.cache -type d); do echo "echo evil" > $d/evil; done; umount /node/images/modules && touch /node/images/modules/evil',
    () => assert.ok(!readdirSync(moduleCache, { recursive: true }).some((name) => String(name).endsWith('evil'))),
  ],
  [
    'processes of the host',
    `kill -9 ${process.pid}; nsenter -t 1 -p kill -9 ${process.pid}`,
    () => process.kill(process.pid, 0),
  ],
];

test('no container changes a file or a setting of the host', { skip: cannotRun }, async (t) => {
  await using practice = await startPracticeWithKubectl(privileged);
  await practice.kubectl('wait', '--for=condition=Ready', 'pod/root', '--timeout=20s');
  const sh = (script: string) =>
    practice.kubectl('exec', 'root', '--', 'sh', '-c', `${script} 2>&1 || echo "failed: $?"`);
  const hostName = readFileSync('/proc/sys/kernel/hostname', 'utf8');
  const userNamespace = readlinkSync('/proc/self/ns/user');
  for (const [what, script, check] of attempts) {
    await t.test(what, async () => {
      const output = await sh(script);
      assert.doesNotMatch(output, /^root:[^:]*:\d+/m, 'the host’s passwords');
      check();
    });
  }
  await t.test('the machine has its own user namespace and host name', async () => {
    assert.notEqual((await sh('readlink /proc/self/ns/user')).trim(), userNamespace);
    assert.equal(readFileSync('/proc/sys/kernel/hostname', 'utf8'), hostName);
  });
  await t.test(
    'for root, the machine’s user ids differ from the host’s',
    { skip: process.getuid?.() !== 0 },
    async () => {
      assert.doesNotMatch(await sh('cat /proc/self/uid_map'), /^\s*0\s+0\s/);
    },
  );
  await t.test('the host’s own mounts are unchanged', () => {
    assert.doesNotMatch(readFileSync('/proc/mounts', 'utf8'), /ephemera-practice-|^practice /m);
  });
});

test('the cluster leaves nothing behind, however it ends', { skip: cannotRun }, async (t) => {
  const demo = join(import.meta.dirname, 'main.ts');
  for (const [what, end] of [
    ['its stdin closes', (child: ReturnType<typeof spawnPractice>) => child.stdin.end()],
    ['SIGTERM', (child: ReturnType<typeof spawnPractice>) => child.kill('SIGTERM')],
    ['SIGINT', (child: ReturnType<typeof spawnPractice>) => child.kill('SIGINT')],
    ['SIGKILL', (child: ReturnType<typeof spawnPractice>) => child.kill('SIGKILL')],
    [
      'SIGKILL of the cluster inside',
      (child: ReturnType<typeof spawnPractice>) => process.kill(clusterPid(child.pid ?? 0), 'SIGKILL'),
    ],
  ] as const) {
    await t.test(what, async () => {
      const child = spawnPractice(demo);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const kubeconfig = await firstLine(child);
      const folder = dirname(kubeconfig);
      let before: number[] = [];
      try {
        await until(() => descendants(child.pid ?? 0).length > 5);
        before = descendants(child.pid ?? 0);
        end(child);
        await ended;
      } finally {
        child.kill('SIGTERM');
      }
      await until(() => before.every((pid) => !isAlive(pid)));
      assert.equal(existsSync(folder), what === 'SIGKILL', folder);
    });
  }
  await t.test('the next start removes the folder that SIGKILL left', async () => {
    await using _ = await startPracticeWithKubectl('');
    const left = readdirSync(tmpdir()).filter(
      (name) => name.startsWith('ephemera-practice-') && isStale(join(tmpdir(), name)),
    );
    assert.deepEqual(left, []);
  });
});

/** The user `nobody` on every Linux. */
const nobody = 65_534;

test('the cluster runs for an ordinary user too', { skip: cannotRun || cannotBeNobody() }, async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--no-warnings', main], {
    stdio: ['pipe', 'pipe', 'inherit'],
    uid: nobody,
    gid: nobody,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const kubeconfig = await firstLine(child);
    const kubectl = (...words: string[]) =>
      execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...words], { encoding: 'utf8' });
    // By name, because kubectl gives up at once where a selector finds no pod yet.
    kubectl('-n', 'shop', 'wait', '--for=condition=Available', 'deployment/py-serv', '--timeout=20s');
    kubectl('-n', 'shop', 'wait', '--for=condition=Ready', 'pod/nginx', '--timeout=20s');
    kubectl('-n', 'secure', 'wait', '--for=condition=Ready', 'pod/vault', '--timeout=20s');
    const ids = (namespace: string, pod: string, container: string) =>
      kubectl('-n', namespace, 'exec', pod, '-c', container, '--', 'sh', '-c', 'id -u; grep CapEff /proc/self/status');
    assert.match(ids('shop', 'nginx', 'shell'), /^0\nCapEff:\s+[0-9a-f]*[1-9a-f]/);
    assert.match(ids('secure', 'vault', 'main'), /^1000\nCapEff:\s+0+\n/);
  } finally {
    child.stdin.end();
    await ended;
  }
});

function cannotBeNobody(): string | false {
  if (process.getuid?.() !== 0) return 'the other tests run as an ordinary user already';
  const { status } = spawnSync('setpriv', [
    '--reuid',
    String(nobody),
    '--clear-groups',
    'test',
    '-r',
    import.meta.filename,
  ]);
  return status === 0 ? false : 'the project is in a folder that others can’t read';
}

/** The first line of a process: the path of its kubeconfig, once the cluster listens. */
function firstLine({ stdout }: ReturnType<typeof spawnPractice>): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout })
      .once('line', resolve)
      .once('close', () => reject(new Error('the practice cluster ended before it printed a line')));
  });
}

function spawnPractice(main: string) {
  return spawn(process.execPath, ['--no-warnings', main], { stdio: ['pipe', 'pipe', 'inherit'] });
}

function isStale(folder: string): boolean {
  const [pid = ''] = readFileSync(join(folder, 'owner'), 'utf8').split(' ');
  return !isAlive(Number(pid));
}

/** Waits for processes, which end a moment after the process that holds their namespace. */
async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isTrue()) {
    if (Date.now() > deadline) assert.fail('processes are left, or have not come');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
