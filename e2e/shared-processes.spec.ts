import { expect, test } from './fixtures.ts';
import { NamespaceMatrix } from './namespace-matrix.ts';
import { openPod } from './pages.ts';
import { onBoth } from './where.ts';

test(
  'a pod that shares its process namespace: pause is PID 1, HUP makes new workers, roots are reachable',
  onBoth,
  async ({ app: page, cluster, terminal }) => {
    await openPod(page, cluster, 'nginx');

    await test.step('attach to the shell; its prompt is drawn without a key', async () => {
      await page.getByRole('button', { name: 'Attach to shell' }).click();
      await terminal.expectPrompt();
    });

    let master = '';
    await test.step('PID 1 is pause, and all processes are visible', async () => {
      const processes = await terminal.run('ps ax -o pid,args');
      expect(processes).toMatch(/^ *1 \/pause$/m);
      master = /^ *(\d+) nginx: master/m.exec(processes)?.[1] ?? '';
      expect(master).not.toBe('');
      expect(processes).toMatch(/nginx: worker/);
    });

    await test.step('the other container’s file is read through /proc/<pid>/root', async () => {
      expect(await terminal.run(`head -1 /proc/${master}/root/etc/nginx/nginx.conf`)).toBe(
        '# The configuration of nginx: its master reads it again on HUP.',
      );
    });

    await test.step('HUP to the master makes workers with new pids', async () => {
      const workers = async () =>
        [...(await terminal.run('ps ax -o pid,args')).matchAll(/^ *(\d+) nginx: worker/gm)].map(([, pid]) => pid);
      let before: (string | undefined)[] = [];
      await expect.poll(async () => (before = await workers())).toHaveLength(2);
      await terminal.run(`kill -HUP ${master}`);
      await expect
        .poll(async () => {
          const now = await workers();
          return now.length === 2 && now.every((pid) => !before.includes(pid));
        })
        .toBe(true);
    });

    await test.step('the matrix shows one pid namespace for all, the sandbox too', async () => {
      const matrix = new NamespaceMatrix(page);
      await page.getByRole('button', { name: 'Read again' }).click();
      for (const other of ['shell', 'sandbox']) {
        await expect.poll(() => matrix.areShared('pid', 'nginx', other), { message: other }).toBe(true);
        await expect.poll(() => matrix.areShared('mnt', 'nginx', other), { message: other }).toBe(false);
      }
      await expect(matrix.row('pid')).toContainText('shareProcessNamespace is true');
    });
  },
);
