import { uniqueName } from './clusters/pods.ts';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { createTemporaryPod, deleteMadePods } from './clusters/temporary-pod.ts';
import { expect, test } from './fixtures.ts';
import { openDebugDialog, openDialog, startDebugger } from './pages.ts';
import { RefusingWebhook } from './refusing-webhook.ts';
import { onBoth, onBothAlone, onKubernetes, onPractice } from './where.ts';

test.afterEach(({ cluster }) => deleteMadePods(cluster));

test(
  'a missing Secret keeps the container from being made, and its name is shown',
  onBoth,
  async ({ podPage: page }) => {
    const dialog = await openDialog(page);
    await dialog.getByText('More options').click();
    await dialog
      .getByLabel('More of the container, in YAML')
      .fill('env:\n- name: KEY\n  valueFrom: { secretKeyRef: { name: none-such, key: k } }');
    await startDebugger(page);
    const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
    await expect(alert).toContainText('secret "none-such" not found');
    await expect(alert).toContainText('no such Secret, ConfigMap or key');

    await test.step('and what was asked for can be asked again, changed', async () => {
      await alert.getByRole('button', { name: 'Try again with…' }).click();
      await expect(dialog.getByLabel('More of the container, in YAML')).toHaveValue(/none-such/);
      await page.keyboard.press('Escape');
    });
  },
);

for (const [command, code, why] of [
  ["sh -c 'nosuchprogram'", 127, 'the image has no such program'],
  ["sh -c '/etc/passwd'", 126, 'it is not executable'],
  ["sh -c 'kill -9 $PPID $$; sleep 1000 & kill -9 $!; wait $!'", 137, 'It was killed (SIGKILL)'],
] as const)
  test(`exit code ${code} is put into words`, onBoth, async ({ podPage: page }) => {
    await openDialog(page);
    await startDebugger(page, { command, target: '' });
    const status = page.getByRole('region', { name: 'Terminals' }).getByRole('status');
    await expect(status).toContainText(`Ended with exit code ${code}`);
    await expect(status).toContainText(why);
  });

test('a debugger that ended with its target says so', onBoth, async ({ app: page, cluster, terminal }) => {
  const script = 'trap "exit 3" TERM; while :; do sleep 0.2; done';
  await using pod = await createTemporaryPod(cluster, 'mortal', {
    restartPolicy: 'Never',
    containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] }],
  });
  await openDebugDialog(page, cluster, pod.name);
  await startDebugger(page, { target: 'main' });
  await terminal.expectPrompt();
  await page.keyboard.type('kill 1\n');
  const status = page.getByRole('region', { name: 'Terminals' }).getByRole('status');
  await expect(status).toContainText('Its target main ended (exit code 3)');
});

test('a copy can’t have a name that is taken', onPractice, async ({ podPage: page, webPod }) => {
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: /^In a copy/ }).check();
  await dialog.getByLabel('Name of the copy').fill(webPod);
  await expect(dialog.getByRole('alert')).toContainText('There is a pod of this name already');
});

test('a volume that the pod does not have is refused in the API server’s words', onBoth, async ({ podPage: page }) => {
  const dialog = await openDialog(page);
  await dialog.getByText('More options').click();
  await dialog.getByLabel('More of the container, in YAML').fill('volumeMounts: [{ name: none, mountPath: /x }]');
  await expect(dialog.getByRole('alert')).toContainText(/volumeMounts\[0\]\.name: Not found: "none"/);
});

test(
  'a quota that is used up is shown before the button is pressed',
  onKubernetes,
  async ({ podPage: page, cluster }) => {
    test.skip(!(await cluster.knows('ResourceQuota')), 'this cluster has no quotas');
    const name = uniqueName('few');
    await cluster.create('ResourceQuota', { metadata: { name }, spec: { hard: { pods: '1' } } });
    try {
      await cluster.until(
        'ResourceQuota',
        { name },
        { what: 'the count of the quota', isSo: ([quota]) => quota?.status?.used?.['pods'] !== undefined },
      );
      const dialog = await openDialog(page);
      await dialog.getByRole('radio', { name: /^In a copy/ }).check();
      await expect(dialog.getByRole('alert')).toContainText('the namespace’s quota is used up');
      await expect(dialog.getByRole('alert')).toContainText('A debugger in the pod itself needs none of it');
      await dialog.getByRole('radio', { name: /^In the pod/ }).check();
      await expect(dialog.getByText('The cluster would allow it.')).toBeVisible();
    } finally {
      await cluster.delete('ResourceQuota', name);
      await untilPodsAreAllowed(cluster);
    }
  },
);

/** Admission hears of a deleted quota a moment later. Until then it refuses the pods of this worker's next story. */
async function untilPodsAreAllowed(cluster: StoryCluster): Promise<void> {
  await expect(async () => {
    await cluster.kubectl('run', uniqueName('probe'), '--image=busybox:1.36', '--dry-run=server');
  }).toPass({ timeout: 15_000 });
}

// It needn't run alone: the configuration selects the worker's namespace, so other workers' pods never meet the webhook.
test(
  'a webhook’s refusal is shown in its own words, and so is that it does not answer',
  onKubernetes,
  async ({ podPage: page, cluster }) => {
    test.skip(cluster.kind !== 'kubernetes', 'only an API server on this machine reaches the webhook');
    await using webhook = await RefusingWebhook.start('no debuggers on Sundays');
    const name = uniqueName('rules');
    const hook = {
      name: 'rules.example.com',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      timeoutSeconds: 5,
      clientConfig: webhook.clientConfig,
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': cluster.namespace } },
      rules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] },
      ],
    };
    await cluster.create('ValidatingWebhookConfiguration', { metadata: { name }, webhooks: [hook] });
    try {
      const dialog = await openDialog(page);
      // A configuration takes a moment to reach the API server: until then it would allow it.
      await expect(async () => {
        await dialog.getByLabel('Profile').selectOption('baseline');
        await dialog.getByLabel('Profile').selectOption('general');
        await expect(dialog.getByRole('alert')).toContainText(
          'webhook rules.example.com says: no debuggers on Sundays',
          {
            timeout: 3_000,
          },
        );
      }).toPass();
      await webhook.stop();
      await dialog.getByLabel('Profile').selectOption('baseline');
      await expect(dialog.getByRole('alert')).toContainText(/webhook rules\.example\.com .*does not answer: .*refused/);
    } finally {
      await cluster.delete('ValidatingWebhookConfiguration', name);
    }
  },
);

test(
  'a node that is not ready is reported before anything is sent to it',
  onBothAlone,
  async ({ app: page, cluster }) => {
    const name = uniqueName('lost');
    const message = 'the network plugin is missing';
    const condition = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message };
    try {
      await cluster.create('Node', { metadata: { name }, status: { conditions: [condition] } });
      await cluster.create('Pod', {
        metadata: { name },
        spec: {
          nodeName: name,
          tolerations: [{ operator: 'Exists' }],
          containers: [{ name: 'main', image: 'busybox:1.36' }],
        },
      });
      const dialog = await openDebugDialog(page, cluster, name);
      await dialog.getByRole('radio', { name: /^On its node/ }).check();
      await expect(dialog.getByRole('alert')).toContainText(`Node ${name} is not ready: ${message}`);
    } finally {
      // No kubelet ends this pod: it goes only when it is deleted without grace.
      await Promise.all([cluster.delete('Pod', name, { gracePeriodSeconds: 0 }), cluster.delete('Node', name)]);
    }
  },
);

test(
  'a debugger that was killed because it used up its memory says so',
  onKubernetes,
  async ({ podPage: page, cluster }) => {
    test.skip(cluster.kind === 'practice', 'the practice cluster limits no memory');
    const dialog = await openDialog(page);
    // An ephemeral container can have no limits.
    await dialog.getByRole('radio', { name: /^In a copy/ }).check();
    await dialog.getByText('More options').click();
    await dialog.getByLabel('More of the container, in YAML').fill('resources: { limits: { memory: 32Mi } }');
    await startDebugger(page, { command: 'tail /dev/zero' });
    const status = page.getByRole('region', { name: 'Terminals' }).getByRole('status');
    await expect(status).toContainText('the memory that it may use was used up', { timeout: 20_000 });
  },
);
