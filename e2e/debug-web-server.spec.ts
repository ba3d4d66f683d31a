import { freshPod } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { NamespaceMatrix } from './namespace-matrix.ts';
import { openPod, openPods, startDebugger } from './pages.ts';
import { onBoth } from './where.ts';

test(
  'a debugger with a target beside a web server without a shell',
  onBoth,
  async ({ app: page, cluster, terminal }) => {
    // Before the list is open, so that no key can choose the pod before it.
    const name = await freshPod(cluster, 'app=py-serv');
    await openPods(page, cluster);

    await test.step('find the pod with the keyboard and open the dialog', async () => {
      await page.keyboard.press('/');
      await page.keyboard.type('py-serv');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
      await page.keyboard.press('d');
      await expect(page.getByRole('dialog')).toContainText(name);
    });

    await test.step('the dialog predicts what will be shared, and follows the target', async () => {
      const predicted = page.getByRole('list', { name: 'Predicted namespaces' });
      await page.getByLabel('Target container').selectOption('');
      await expect(predicted.getByRole('listitem').filter({ hasText: /^pid/ })).toContainText('Its own');
      await page.getByLabel('Target container').selectOption('web');
      await expect(predicted.getByRole('listitem').filter({ hasText: /^pid/ })).toContainText('Shared with web');
      await expect(predicted.getByRole('listitem').filter({ hasText: /^net/ })).toContainText(
        'Shared with the whole pod',
      );
      await expect(page.getByRole('region', { name: 'kubectl command' })).toHaveText(
        `kubectl --context admin -n ${cluster.namespace} debug -it ${name} --image busybox:1.36 --target web --profile general`,
      );
    });

    await test.step('a prompt stands there without a key being pressed', async () => {
      await page.getByRole('dialog').getByRole('button', { name: 'busybox' }).click();
      await startDebugger(page);
      await terminal.expectPrompt();
    });

    await test.step('net and pid are shared: it fetches the page, and sees the process and its root', async () => {
      expect(await terminal.run('wget -qO- localhost:80')).toContain(`served by ${name}`);
      expect(await terminal.run('ps')).toMatch(/^ +1 root +\/web$/m);
      expect(await terminal.run('ls /proc/1/root')).toMatch(/\bweb\b/);
    });

    await test.step('the matrix says the same, read from /proc', async () => {
      await openPod(page, cluster, name);
      const matrix = new NamespaceMatrix(page);
      await expect.poll(() => matrix.debuggers()).toHaveLength(1);
      const [debuggerName = ''] = await matrix.debuggers();
      for (const kind of ['net', 'ipc', 'uts', 'pid'] as const) {
        await expect.poll(() => matrix.areShared(kind, 'web', debuggerName), { message: kind }).toBe(true);
      }
      await expect.poll(() => matrix.areShared('mnt', 'web', debuggerName)).toBe(false);
      await expect(matrix.row('pid')).toContainText('Shared by all');
      await expect(matrix.row('pid')).toContainText(`${debuggerName}: started with target web`);
      // What the page shows is what the kernel says.
      const link = (await cluster.shell(name, debuggerName, 'readlink /proc/self/ns/net')).trim();
      await expect.poll(async () => `net:[${await matrix.inode('net', 'web')}]`).toBe(link);
      await expect(
        page.getByRole('region', { name: 'Process table' }).getByRole('row').filter({ hasText: '/web' }),
      ).toContainText('web');
    });

    await test.step('another without a target has its own process list', async () => {
      await page.keyboard.press('d');
      await startDebugger(page, { target: '' });
      await terminal.expectPrompt();
      expect(await terminal.run('ps')).not.toContain('/web');
      expect(await terminal.run('wget -qO- localhost:80')).toContain('served by');
      const matrix = new NamespaceMatrix(page);
      await expect.poll(() => matrix.debuggers()).toHaveLength(2);
      const untargeted = await matrix.untargetedDebugger();
      await expect.poll(() => matrix.areShared('net', 'web', untargeted)).toBe(true);
      await expect.poll(() => matrix.areShared('pid', 'web', untargeted)).toBe(false);
    });

    await test.step('a reload brings the terminals back with their output', async () => {
      await page.reload();
      await terminal.expectText(/served by/);
      await terminal.expectPrompt();
      await page
        .getByRole('region', { name: 'Terminals' })
        .getByRole('textbox', { name: /Terminal of/ })
        .filter({ visible: true })
        .focus();
      expect(await terminal.run('echo still $((40+2))')).toBe('still 42');
    });

    await test.step('exit ends it with its code', async () => {
      await page.keyboard.type('exit 3\n');
      await expect(page.getByRole('region', { name: 'Terminals' })).toContainText('Ended with exit code 3');
    });
  },
);
