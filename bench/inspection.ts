// What looking into a pod costs: a probe of 500 processes beside a bare exec, and a file of 1 GiB through the server beside
// `kubectl exec cat`, interleaved on the same pods. Prints a table, and exits 1 where a target is missed.
import { spawn } from 'node:child_process';
import { startServer } from '#e2e/product.ts';
import { probePod } from '#server/inspection/probe.ts';
import { ClusterRegistry } from '#server/kubernetes/cluster-registry.ts';
import { execOutput } from '#server/kubernetes/exec-output.ts';
import { percentile } from './percentile.ts';
import { benchNamespace, makePod, removePods } from './pods.ts';
import { residentMiB } from './process-usage.ts';
import { printTable, type Result } from './table.ts';

const image = 'busybox:1.36';
const processes = 500;
const probes = 15;
const fileBytes = 1024 * 1024 * 1024;
const downloads = 3;
/** Often enough to see a buffer that grows, seldom enough to cost nothing. */
const memoryIntervalMs = 50;

const clusters = new ClusterRegistry({ file: undefined, env: process.env });
const context = 'admin';
const results: Result[] = [];
try {
  results.push(...(await measureProbe()), ...(await measureDownload()));
} finally {
  removePods();
  clusters.close();
}
process.exit(printTable(results) ? 0 : 1);

async function measureProbe(): Promise<Result[]> {
  const script = `i=1; while [ $i -lt ${processes} ]; do sleep 100000 & i=$((i + 1)); done; wait`;
  const pod = makePod('bench-processes', { name: 'main', image, command: ['sh', '-c', script] });
  const cluster = clusters.get(context);
  const address = { namespace: benchNamespace, pod };
  const times = { probe: [] as number[], bare: [] as number[] };
  const timed = async (kind: keyof typeof times, run: () => Promise<unknown>) => {
    const begin = performance.now();
    await run();
    times[kind].push(performance.now() - begin);
  };
  for (let round = 0; round < probes; round++) {
    const runs = [
      () =>
        timed('probe', async () => {
          const observation = await probePod(cluster, address);
          // The shell that began them is one of them; those that it still begins come with the first rounds.
          if (round > 2 && observation.processes.length !== processes)
            throw new Error(`${observation.processes.length} processes were seen instead of ${processes}`);
        }),
      () =>
        timed('bare', () =>
          execOutput(
            cluster,
            { ...address, container: 'main', command: ['true'] },
            { timeoutMs: 10_000, maxBytes: 1024 },
          ),
        ),
    ];
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) await run();
  }
  const probe = percentile(times.probe, 50);
  const bare = percentile(times.bare, 50);
  return [
    { what: `probe of ${processes} processes, median of ${probes}`, value: probe, unit: 'ms' },
    { what: 'exec of true, median', value: bare, unit: 'ms' },
    { what: 'probe beyond the exec', value: probe - bare, unit: 'ms', atMost: 300 },
  ];
}

async function measureDownload(): Promise<Result[]> {
  const file = '/tmp/big';
  // Without blocks: the containers of a practice cluster have a quarter of that as their disk.
  const command = ['sh', '-c', `truncate -s ${fileBytes} ${file}; exec sleep 100000`];
  const pod = makePod('bench-file', { name: 'main', image, command });
  const address = { namespace: benchNamespace, pod, container: 'main' };
  const server = await startServer();
  try {
    const cookie = await login(server.url);
    const query = new URLSearchParams({ context, ...address, path: file, part: 'whole' });
    const rates = { ours: [] as number[], kubectl: [] as number[] };
    let growth = 0;
    const ours = async () => {
      const before = residentMiB(server.pid);
      const timer = setInterval(() => {
        growth = Math.max(growth, residentMiB(server.pid) - before);
      }, memoryIntervalMs);
      const response = await fetch(`${server.origin}/files/stream?${query}`, { headers: { cookie } });
      rates.ours.push(await rateOf(response.body));
      clearInterval(timer);
    };
    const kubectl = async () => {
      const child = spawn('kubectl', ['-n', benchNamespace, 'exec', pod, '--', 'cat', file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      rates.kubectl.push(await rateOf(child.stdout));
    };
    // The first of either loads what it needs: not counted.
    await ours();
    await kubectl();
    rates.ours.length = 0;
    rates.kubectl.length = 0;
    growth = 0;
    for (let round = 0; round < downloads; round++) {
      for (const run of round % 2 === 0 ? [ours, kubectl] : [kubectl, ours]) await run();
    }
    const rate = percentile(rates.ours, 50);
    const peer = percentile(rates.kubectl, 50);
    return [
      { what: '1 GiB through the server, median', value: rate, unit: 'MiB/s' },
      { what: '1 GiB by kubectl exec cat, median', value: peer, unit: 'MiB/s' },
      { what: 'server against kubectl', value: rate / peer, unit: '', atLeast: 0.8 },
      { what: 'growth of the server meanwhile (RSS)', value: growth, unit: 'MiB', atMost: 32 },
    ];
  } finally {
    await server.stop();
  }
}

/** MiB a second; throws where it is not the whole file. */
async function rateOf(stream: AsyncIterable<Uint8Array> | null): Promise<number> {
  const begin = performance.now();
  let bytes = 0;
  for await (const chunk of stream ?? []) bytes += chunk.length;
  if (bytes !== fileBytes) throw new Error(`${bytes} of ${fileBytes} bytes came`);
  return bytes / 1024 / 1024 / ((performance.now() - begin) / 1000);
}

/** The cookie that the address with the token gives. */
async function login(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}
