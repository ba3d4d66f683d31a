import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPolicy } from '#lib/debug/policy.ts';
import { keptBytes, pingIntervalMs } from '#lib/protocol/limits.ts';
import { Caller, type CallerLimits } from '../gateway/caller.ts';
import { Gateway } from '../gateway/gateway.ts';
import { Access, serverHost } from '../gateway/http/access.ts';
import { createHttp } from '../gateway/http/http-server.ts';
import { ClusterRegistry } from '../kubernetes/cluster-registry.ts';
import { createLog } from '../log.ts';
import { RecordingStore } from '../recordings/recording-store.ts';
import { RunState } from '../run-state.ts';
import { BrowserConnection } from './browser-connection.ts';
import { FakeApiServer, sendJson } from './fake-api-server.ts';

const runningPod = {
  metadata: { name: 'p', namespace: 'n', uid: 'u' },
  spec: { containers: [{ name: 'c', image: 'i' }] },
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'c', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
  },
};
/** The container that is there, as requests name it. */
export const container = { context: 'a', namespace: 'n', pod: 'p', container: 'c' };

/**
 * The real server for several callers, who say in a header who they are, in front of a cluster with one pod, whose log never
 * ends.
 */
export class TeamServer implements AsyncDisposable {
  readonly url: string;
  readonly cluster: FakeApiServer;
  readonly #stack: AsyncDisposableStack;

  private constructor(url: string, cluster: FakeApiServer, stack: AsyncDisposableStack) {
    this.url = url;
    this.cluster = cluster;
    this.#stack = stack;
  }

  static async start(names: readonly string[], limits?: CallerLimits): Promise<TeamServer> {
    const stack = new AsyncDisposableStack();
    const folder = mkdtempSync(join(tmpdir(), 'team-server-'));
    stack.defer(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'site', '_next'), { recursive: true });
    const cluster = stack.use(
      await FakeApiServer.start((_request, response, { pathname }) =>
        pathname.endsWith('/log') ? void response.write('a line\n') : sendJson(response, runningPod),
      ),
    );
    cluster.onSocket = () => {};
    const clusters = new ClusterRegistry({ file: writeKubeconfig(folder, cluster.url), env: {} });
    stack.defer(() => clusters.close());
    const team = names.map((id) => new Caller({ id, name: id, clusters, ...(limits && { limits }) }));
    const find = (id: unknown) => team.find((caller) => caller.id === id);
    const callers = {
      find,
      of: (headers: Record<string, unknown>) => {
        const caller = find(headers['x-caller']);
        if (caller === undefined) throw new Error('a request without a caller');
        return caller;
      },
    };
    const log = createLog('silent');
    const recordings = new RecordingStore(join(folder, 'recordings'), { totalBytes: 1e6, ageMs: 1e9 });
    stack.defer(() => recordings.close());
    const state = new RunState(undefined, log);
    let access = new Access(0, state.token);
    const app = await createHttp({ site: join(folder, 'site'), recordings, callers, log, access: () => access });
    stack.defer(() => app.close());
    const gateway = new Gateway({
      http: app.server,
      callers,
      log,
      keptBytes,
      pingIntervalMs,
      debuggers: { policy: defaultPolicy, idleStopMs: undefined },
      state,
      recordings,
      isAllowed: ({ headers }) => access.allowsUpgrade(headers),
    });
    stack.defer(() => gateway.close());
    await app.listen({ host: serverHost, port: 0 });
    access = new Access((app.server.address() as AddressInfo).port, state.token);
    return new TeamServer(`${access.origin}/?token=${access.token}`, cluster, stack);
  }

  /** A page of one of the callers. */
  async open(caller: string): Promise<BrowserConnection> {
    const headers = { 'x-caller': caller };
    return (await BrowserConnection.open({ url: this.url, headers, reconnects: false })).hello();
  }

  /** What a page of one of the callers fetches. */
  fetch(caller: string, path: string): Promise<Response> {
    const { origin, port, searchParams } = new URL(this.url);
    return fetch(new URL(path, origin), {
      headers: { Cookie: `ephemera-${port}=${searchParams.get('token')}`, 'x-caller': caller },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

function writeKubeconfig(folder: string, server: string): string {
  const file = join(folder, 'config');
  const kubeconfig = {
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
  };
  writeFileSync(file, JSON.stringify(kubeconfig));
  return file;
}
