import type { AddressInfo } from 'node:net';
import { Access } from './access.ts';
import type { Config } from './config.ts';
import { Gateway } from './gateway/gateway.ts';
import { createHttp } from './http.ts';
import { ClusterRegistry } from './kubernetes/cluster-registry.ts';
import type { Log } from './log.ts';

export interface RunningServer {
  /** The address to open, with the token of this run. */
  url: string;
  close(): Promise<void>;
}

/** Never another address: whoever reaches the port acts with the rights of the kubeconfig. */
const host = '127.0.0.1';

export async function startServer(config: Config, site: string, log: Log): Promise<RunningServer> {
  let access: Access | undefined;
  const requireAccess = () => {
    if (access === undefined) throw new Error('a request came before the server listened');
    return access;
  };
  const app = await createHttp({ site, access: requireAccess });
  const clusters = new ClusterRegistry({
    file: config.kubeconfig,
    context: config.context,
    namespace: config.namespace,
    env: process.env,
  });
  const gateway = new Gateway({
    http: app.server,
    clusters,
    log,
    keptBytes: config.keptBytes,
    isAllowed: (request) => requireAccess().allowsUpgrade(request.headers),
  });
  await app.listen({ host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  access = new Access(port);
  return {
    url: `http://${host}:${port}/?token=${access.token}`,
    async close() {
      gateway.close();
      await app.close();
      clusters.close();
    },
  };
}
