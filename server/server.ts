import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { oneCaller } from './gateway/caller.ts';
import { Gateway } from './gateway/gateway.ts';
import { Access, serverHost } from './gateway/http/access.ts';
import { createHttp } from './gateway/http/http-server.ts';
import { ClusterRegistry } from './kubernetes/cluster-registry.ts';
import type { Log } from './log.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import { RunState } from './run-state.ts';

export interface RunningServer {
  /** The address to open, with the token. */
  url: string;
  close(): Promise<void>;
}

export async function startServer(config: Config, site: string, log: Log): Promise<RunningServer> {
  // A port that the system chose is another at the next run: nobody would come back to it.
  const file = config.port === 0 ? undefined : join(config.dataFolder, `server-${config.port}.json`);
  const state = new RunState(file, log);
  if (config.newToken) state.renewToken();
  const recordings = new RecordingStore(join(config.dataFolder, 'recordings'), config.recordings);
  let access: Access | undefined;
  const requireAccess = () => {
    if (access === undefined) throw new Error('a request came before the server listened');
    return access;
  };
  const clusters = new ClusterRegistry({
    file: config.kubeconfig,
    context: config.context,
    namespace: config.namespace,
    pingIntervalMs: config.pingIntervalMs,
    env: process.env,
  });
  const callers = oneCaller(clusters);
  const app = await createHttp({ site, recordings, callers, log, access: requireAccess });
  const gateway = new Gateway({
    http: app.server,
    callers,
    log,
    keptBytes: config.keptBytes,
    pingIntervalMs: config.pingIntervalMs,
    debuggers: config.debuggers,
    state,
    recordings,
    isAllowed: (request) => requireAccess().allowsUpgrade(request.headers),
  });
  await app.listen({ host: serverHost, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  access = new Access(port, state.token);
  state.save(state.terminals);
  return {
    url: `${access.origin}/?token=${access.token}`,
    async close() {
      gateway.close();
      await app.close();
      clusters.close();
      await recordings.close();
    },
  };
}
