import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultProxy } from './fault-proxy.ts';
import { test as base } from './fixtures.ts';
import { openPod } from './pages.ts';
import { startServer } from './product.ts';

export interface DistantCluster {
  proxy: FaultProxy;
  /** Holds the administrator's token. */
  tokenFile: string;
}

/** What kubectl writes with --minify: one of each. */
interface Kubeconfig {
  clusters: [{ cluster: { server: string } }];
  users: [{ user: { token?: string; tokenFile?: string } }];
}

export const test = base.extend<{ distant: DistantCluster; distantPod: DistantCluster }>({
  /** A server that reaches the API server through the proxy; the page shows its list of pods. */
  distant: async ({ page, cluster }, use, { repeatEachIndex }) => {
    const folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
    try {
      const words = ['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'];
      const config: Kubeconfig = JSON.parse(await cluster.kubectl(...words));
      const [{ cluster: near }] = config.clusters;
      const [entry] = config.users;
      const { token } = entry.user;
      if (token === undefined) throw new Error('this story needs an administrator who logs in by a token');
      const { hostname, port } = new URL(near.server);
      await using proxy = await FaultProxy.start({ host: hostname, port: Number(port || 443) }, repeatEachIndex + 1);
      near.server = `https://127.0.0.1:${proxy.port}`;
      const tokenFile = join(folder, 'token');
      writeFileSync(tokenFile, token);
      entry.user = { tokenFile };
      const kubeconfig = join(folder, 'config');
      writeFileSync(kubeconfig, JSON.stringify(config));
      // A forgotten connection is noticed after two pings without an answer.
      const server = await startServer({ KUBECONFIG: kubeconfig }, ['--ping-interval', '3']);
      try {
        await page.goto(server.url);
        await use({ proxy, tokenFile });
      } finally {
        await server.stop();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  /** The same; the page shows `webPod`. */
  distantPod: async ({ page, cluster, webPod, distant }, use) => {
    await openPod(page, cluster, webPod);
    await use(distant);
  },
});
