import { execFileSync } from 'node:child_process';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { startServer } from '../product.ts';

// Twenty people start a debugger in one pod at the same moment, on the cluster of KUBECONFIG. Exits 1 where one is lost.

const people = 20;
/** Twenty containers start one after the other on a small node. */
const liveTimeoutMs = 120_000;
const [namespace, pod] = ['shop', 'many-starts'];
const kubectl = (words: string[], input?: string) => execFileSync('kubectl', words, { encoding: 'utf8', input });
const manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: pod, namespace },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '100000'] }],
  },
};
const server = await startServer();
let lost: string[] = [];
try {
  kubectl(['create', '-f', '-'], JSON.stringify(manifest));
  kubectl(['-n', namespace, 'wait', '--for=condition=Ready', `pod/${pod}`, '--timeout=30s']);
  const pages = await Promise.all(
    Array.from({ length: people }, async () => (await BrowserConnection.open(server)).hello()),
  );
  const begin = performance.now();
  const results = await Promise.allSettled(pages.map(start));
  lost = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
  const names = kubectl(['-n', namespace, 'get', 'pod', pod, '-o', 'jsonpath={.spec.ephemeralContainers[*].name}']);
  const added = names.split(' ').filter((name) => name !== '').length;
  console.log(`${people} starts at once: ${people - lost.length} are live after ${seconds} s, the pod has ${added}.`);
  if (added !== people) lost.push(`the pod has ${added} debuggers`);
  for (const page of pages) page.close();
} finally {
  await server.stop();
  kubectl(['-n', namespace, 'delete', 'pod', pod, '--now', '--ignore-not-found']);
}
for (const why of lost) console.log(why);
process.exit(lost.length === 0 ? 0 : 1);

/** Resolves once the terminal is live. */
async function start(page: BrowserConnection): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const states = new Map<string, string>();
  let own: string | undefined;
  const look = () => {
    const state = own === undefined ? undefined : states.get(own);
    if (state === 'live') resolve();
    else if (state === 'ended') reject(new Error('it ended before it was live'));
  };
  page.socket.on('terminal:changed', ({ session, state }: { session: string; state: { kind: string } }) => {
    states.set(session, state.kind);
    look();
  });
  const { terminal } = await page.ask('debug:start', {
    kind: 'ephemeral',
    context: 'admin',
    namespace,
    pod,
    image: 'busybox:1.36',
    profile: 'general',
    columns: 80,
    rows: 24,
  });
  own = terminal?.session;
  look();
  const timer = setTimeout(() => reject(new Error('it is not live yet')), liveTimeoutMs);
  await promise.finally(() => clearTimeout(timer));
}
