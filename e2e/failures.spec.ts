import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createObject, expect, kubectl, openDebugDialog, startDebugger, test } from './fixtures.ts';

/** False where the cluster has no such resource: the practice cluster has fewer than a real one. */
function create(manifest: object): boolean {
  const { kind } = manifest as { kind: string };
  const known = kubectl('api-resources', '--no-headers', '-o', 'wide').split('\n');
  if (!known.some((line) => line.includes(` ${kind} `))) return false;
  createObject(manifest);
  return true;
}

test('a Secret that is not there keeps the container from being made, and its name is told', async ({
  pods: page,
  webPod,
}) => {
  const dialog = await openDebugDialog(page, webPod);
  await dialog.getByText('More options').click();
  await dialog
    .getByLabel('More of the container, in YAML')
    .fill('env:\n- name: KEY\n  valueFrom: { secretKeyRef: { name: none-such, key: k } }');
  await startDebugger(page, {});
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('secret "none-such" not found');
  await expect(alert).toContainText('no such Secret, ConfigMap or key');

  await test.step('and what was asked for can be asked again, changed', async () => {
    await alert.getByRole('button', { name: 'Try again with…' }).click();
    await expect(dialog.getByLabel('More of the container, in YAML')).toHaveValue(/none-such/);
    await page.keyboard.press('Escape');
  });
});

for (const [command, code, why] of [
  ["sh -c 'nosuchprogram'", 127, 'the image has no such program'],
  ["sh -c '/etc/passwd'", 126, 'it is not executable'],
  ["sh -c 'kill -9 $PPID $$; sleep 1000 & kill -9 $!; wait $!'", 137, 'It was killed (SIGKILL)'],
] as const)
  test(`exit code ${code} is put into words`, async ({ pods: page, webPod }) => {
    await openDebugDialog(page, webPod);
    await startDebugger(page, { command, target: '' });
    const status = page.getByRole('region', { name: 'Terminals' }).getByRole('status');
    await expect(status).toContainText(`Ended with exit code ${code}`);
    await expect(status).toContainText(why);
  });

test('a debugger that ended with its target says so', async ({ pods: page, terminal }) => {
  const name = 'mortal';
  const script = 'trap "exit 3" TERM; while :; do sleep 0.2; done';
  create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] }],
    },
  });
  try {
    kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
    await openDebugDialog(page, name);
    await startDebugger(page, { target: 'main' });
    await terminal.expectPrompt();
    await page.keyboard.type('kill 1\n');
    const status = page.getByRole('region', { name: 'Terminals' }).getByRole('status');
    await expect(status).toContainText('Its target main ended (exit code 3)', { timeout: 15_000 });
  } finally {
    kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
  }
});

test('a copy can’t have a name that is taken', async ({ pods: page, webPod }) => {
  const dialog = await openDebugDialog(page, webPod);
  await dialog.getByRole('radio', { name: /^In a copy/ }).check();
  await dialog.getByLabel('Name of the copy').fill(webPod);
  await expect(dialog.getByRole('alert')).toContainText('There is a pod of this name already');
});

test('a volume that the pod does not have is refused in the API server’s words', async ({ pods: page, webPod }) => {
  const dialog = await openDebugDialog(page, webPod);
  await dialog.getByText('More options').click();
  await dialog.getByLabel('More of the container, in YAML').fill('volumeMounts: [{ name: none, mountPath: /x }]');
  await expect(dialog.getByRole('alert')).toContainText(/volumeMounts\[0\]\.name: Not found: "none"/);
});

test('a quota that is used up is told before the button is pressed', async ({ pods: page, webPod }) => {
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few', namespace: 'shop' } };
  const isThere = create({ ...quota, spec: { hard: { pods: '1' } } });
  test.skip(!isThere, 'this cluster has no quotas');
  try {
    const used = '-o=jsonpath={.status.used.pods}';
    await expect.poll(() => kubectl('-n', 'shop', 'get', 'resourcequota', 'few', used)).not.toBe('');
    const dialog = await openDebugDialog(page, webPod);
    await dialog.getByRole('radio', { name: /^In a copy/ }).check();
    await expect(dialog.getByRole('alert')).toContainText('the namespace’s quota is used up');
    await expect(dialog.getByRole('alert')).toContainText('A debugger in the pod itself needs none of it');
    await dialog.getByRole('radio', { name: /^In the pod/ }).check();
    await expect(dialog.getByText('The cluster would allow it.')).toBeVisible();
  } finally {
    kubectl('-n', 'shop', 'delete', 'resourcequota', 'few');
  }
});

test('a webhook’s refusal is told in its words, and so is that it does not answer', async ({ pods: page, webPod }) => {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  const words = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=webhook -addext subjectAltName=IP:127.0.0.1';
  execFileSync('openssl', [...words.split(' '), '-keyout', 'key.pem', '-out', 'cert.pem'], {
    cwd: folder,
    stdio: 'pipe',
  });
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
  rmSync(folder, { recursive: true });
  const server = createServer({ key, cert }, (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { apiVersion, kind, request: asked } = JSON.parse(body);
      const answer = { uid: asked.uid, allowed: false, status: { message: 'no debuggers on Sundays' } };
      response
        .setHeader('Content-Type', 'application/json')
        .end(JSON.stringify({ apiVersion, kind, response: answer }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hook = {
    name: 'rules.example.com',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    timeoutSeconds: 5,
    clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: cert?.toString('base64') },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] }],
  };
  const kind = 'ValidatingWebhookConfiguration';
  const isThere = create({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'rules' },
    webhooks: [hook],
  });
  try {
    test.skip(!isThere, 'this cluster has no webhooks');
    const dialog = await openDebugDialog(page, webPod);
    // A configuration takes a moment to reach the API server: until then it would allow it.
    await expect(async () => {
      await dialog.getByLabel('Profile').selectOption('baseline');
      await dialog.getByLabel('Profile').selectOption('general');
      await expect(dialog.getByRole('alert')).toContainText('webhook rules.example.com says: no debuggers on Sundays', {
        timeout: 3_000,
      });
    }).toPass();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await dialog.getByLabel('Profile').selectOption('baseline');
    await expect(dialog.getByRole('alert')).toContainText(/webhook rules\.example\.com .*does not answer: .*refused/);
  } finally {
    server.close();
    if (isThere) kubectl('delete', kind, 'rules');
  }
});

test('a node that is not ready is told before anything is sent to it', async ({ pods: page }) => {
  const name = `lost-${randomBytes(3).toString('hex')}`;
  const condition = {
    type: 'Ready',
    status: 'False',
    reason: 'KubeletNotReady',
    message: 'the network plugin is missing',
  };
  create({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { conditions: [condition] } });
  create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: {
      nodeName: name,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'main', image: 'busybox:1.36' }],
    },
  });
  try {
    const dialog = await openDebugDialog(page, name);
    await dialog.getByRole('radio', { name: /^On its node/ }).check();
    await expect(dialog.getByRole('alert')).toContainText(`Node ${name} is not ready: the network plugin is missing`);
  } finally {
    kubectl('-n', 'shop', 'delete', 'pod', name, '--grace-period=0', '--force');
    kubectl('delete', 'node', name);
  }
});

test('a debugger that wants more memory than it may have is told to have been killed for that', async ({
  pods: page,
  webPod,
}) => {
  const runtime = kubectl('get', 'nodes', '-o', 'jsonpath={.items[*].status.nodeInfo.containerRuntimeVersion}');
  test.skip(runtime.startsWith('practice'), 'the practice cluster limits no memory');
  const dialog = await openDebugDialog(page, webPod);
  // An ephemeral container can have no limits.
  await dialog.getByRole('radio', { name: /^In a copy/ }).check();
  await dialog.getByText('More options').click();
  await dialog.getByLabel('More of the container, in YAML').fill('resources: { limits: { memory: 32Mi } }');
  await startDebugger(page, { command: 'tail /dev/zero' });
  const status = page.getByRole('region', { name: 'Terminals' }).getByRole('status');
  await expect(status).toContainText('the memory that it may use was used up', { timeout: 20_000 });
});
