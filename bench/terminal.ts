// What stands between a container and a terminal: bytes per second, the time of an echo and of Ctrl-C, what a viewer that
// stops reading costs, and what cuts of the connection lose. Against `kubectl exec -it` on the same container,
// interleaved. Prints a table; exits 1 where a target is missed. With names of measurements it takes those alone.
import { setTimeout as delay } from 'node:timers/promises';
import { type RunningServer, startServer } from '#e2e/product.ts';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { percentile } from './percentile.ts';
import { printTable, type Result } from './table.ts';
import { cuts } from './terminal/cuts.ts';
import { drawing } from './terminal/drawing.ts';
import { throughApiServer, throughEchoServer } from './terminal/floors.ts';
import { idle } from './terminal/idle.ts';
import { stall } from './terminal/stall.ts';
import { type BenchTerminal, seen, throughDashboard, throughKubectl } from './terminal/terminals.ts';
import { throughWetty } from './terminal/wetty.ts';

const pod = { namespace: 'shop', pod: 'nginx', container: 'shell' };
const mebibyte = 1024 * 1024;
/** With the questions and erasures that a shell prints after its prompt. */
const prompt = new RegExp(`# (?:${String.fromCharCode(0x1b)}\\[(?:6n|J))*$`);

/** Every buffer on the way is full by then: pipes and terminals hold 64 KiB. */
const floodBytes = 512 * 1024;

const measurements = {
  throughput,
  drawing: (server: RunningServer) => drawing(server, pod),
  echo,
  interrupt,
  stall: (server: RunningServer) => stall(server, pod),
  cuts: (server: RunningServer) => cuts(server, pod),
  idle: (server: RunningServer) => idle(server, pod),
};
const chosen = process.argv.slice(2);
let isMet = true;
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  // A connection that is cut as often as here is away for half of the time, in which nobody holds the flood.
  const server = await startServer({}, name === 'cuts' ? ['--kept-output', '256'] : []);
  try {
    const results = await measure(server);
    console.log(name);
    isMet = printTable(results) && isMet;
  } finally {
    await server.stop();
  }
}
process.exit(isMet ? 0 : 1);

/** The time that a container's output takes from its first byte to its last, on both ways in turn. */
async function throughput(server: RunningServer): Promise<Result[]> {
  const rounds = 5;
  const bytes = 24 * mebibyte;
  // Long lines cost the least on the way; the terminal's own newline makes two bytes of one.
  const script = `printf begin; yes ${'x'.repeat(127)} | head -c ${bytes}; printf 'the end'`;
  const connection = await (await BrowserConnection.open(server)).hello();
  let skipped = 0;
  const runDashboard = async (command: string[]) => {
    const terminal = await throughDashboard(connection, pod, command);
    const rate = await run(terminal);
    skipped += terminal.skipped;
    return rate;
  };
  const run = async (terminal: BenchTerminal) => {
    let begin = 0;
    const end = new Promise<number>((resolve) => {
      let tail = '';
      terminal.onOutput((piece) => {
        begin ||= performance.now();
        tail = (tail + Buffer.from(piece.subarray(-8)).toString('latin1')).slice(-8);
        if (tail.endsWith('the end')) resolve(performance.now());
      });
    });
    const seconds = ((await end) - begin) / 1_000;
    await terminal.close();
    return bytes / mebibyte / seconds;
  };
  const rates: Record<'dashboard' | 'kubectl', number[]> = { dashboard: [], kubectl: [] };
  for (let round = 0; round < rounds; round++) {
    const runs = [
      async () => rates.dashboard.push(await runDashboard(['sh', '-c', script])),
      async () => rates.kubectl.push(await run(throughKubectl(pod, ['sh', '-c', script]))),
    ];
    for (const one of round % 2 === 0 ? runs : runs.toReversed()) await one();
  }
  connection.close();
  const [ours, theirs] = [percentile(rates.dashboard, 50), percentile(rates.kubectl, 50)];
  return [
    { what: 'dashboard, to a Node client, median', value: ours, unit: 'MiB/s' },
    { what: 'kubectl exec -it, median', value: theirs, unit: 'MiB/s' },
    { what: 'ratio', value: ours / theirs, unit: '', atLeast: 0.9 },
    { what: 'bytes replaced by a screen', value: skipped, unit: 'bytes', atMost: 0 },
  ];
}

/** From a key to its echo by the container's terminal: the first keys that a server passes on, and after many. */
async function echo(server: RunningServer): Promise<Result[]> {
  const blocks = 6;
  // A p99 of a few hundred keys would be the third worst: chance.
  const keys = { fresh: 50, warm: 250 };
  // Measured: by then what a key runs through has been compiled, on both sides of the socket.
  const warmingKeys = 1_200;
  const connection = await (await BrowserConnection.open(server)).hello();
  const start = async (terminal: BenchTerminal) => {
    await seen(terminal, /ready$/);
    return terminal;
  };
  const command = ['sh', '-c', 'printf ready; exec cat'];
  const terminals = {
    dashboard: await start(await throughDashboard(connection, pod, command)),
    kubectl: await start(throughKubectl(pod, command)),
    apiServer: await start(await throughApiServer(pod, command)),
    echoServer: await throughEchoServer(),
    wetty: await throughWetty(),
  };
  type Way = keyof typeof terminals;
  const ways = Object.keys(terminals) as Way[];
  const press = async (terminal: BenchTerminal) => {
    const begin = performance.now();
    const echoed = new Promise<void>((resolve) => terminal.onOutput(() => resolve()));
    terminal.write('a');
    await echoed;
    return performance.now() - begin;
  };
  const rounds = async (keysEach: number) => {
    const times: Record<Way, number[]> = { dashboard: [], kubectl: [], apiServer: [], echoServer: [], wetty: [] };
    for (let block = 0; block < blocks; block++) {
      for (const name of block % 2 === 0 ? ways : ways.toReversed()) {
        for (let key = 0; key < keysEach; key++) {
          times[name].push(await press(terminals[name]));
          // A person's pace would take minutes; this is enough for both to be at rest.
          await delay(5);
        }
      }
    }
    return times;
  };
  const fresh = await rounds(keys.fresh);
  for (const name of ways) for (let key = 0; key < warmingKeys; key++) await press(terminals[name]);
  const times = await rounds(keys.warm);
  for (const terminal of Object.values(terminals)) await terminal.close();
  connection.close();
  const of = (percent: number) => [percentile(times.dashboard, percent), percentile(times.kubectl, percent)] as const;
  const [[a50, b50], [a99, b99]] = [of(50), of(99)];
  const wetty50 = percentile(times.wetty, 50) + percentile(times.apiServer, 50);
  return [
    { what: 'a server’s first keys: dashboard, median', value: percentile(fresh.dashboard, 50), unit: 'ms' },
    { what: 'meanwhile, kubectl exec -it, median', value: percentile(fresh.kubectl, 50), unit: 'ms' },
    { what: 'floor: echo straight from the API server, median', value: percentile(times.apiServer, 50), unit: 'ms' },
    {
      what: 'floor: a WebSocket to another process and back, median',
      value: percentile(times.echoServer, 50),
      unit: 'ms',
    },
    { what: 'echo, dashboard, median', value: a50, unit: 'ms' },
    { what: 'echo, kubectl exec -it, median', value: b50, unit: 'ms' },
    { what: 'ratio of the medians', value: a50 / b50, unit: '', atMost: 1.25 },
    { what: 'wetty on a local terminal, and the echo from the API server, medians', value: wetty50, unit: 'ms' },
    { what: 'ratio of the dashboard’s median to these', value: a50 / wetty50, unit: '', atMost: 1 },
    { what: 'echo, dashboard, p99', value: a99, unit: 'ms' },
    { what: 'echo, kubectl exec -it, p99', value: b99, unit: 'ms' },
    { what: 'ratio of the p99', value: a99 / b99, unit: '', atMost: 1.5 },
  ];
}

/** From Ctrl-C to the prompt while `yes` pours. */
async function interrupt(server: RunningServer): Promise<Result[]> {
  const connection = await (await BrowserConnection.open(server)).hello();
  const terminal = await throughDashboard(connection, pod, ['sh']);
  await seen(terminal, prompt);
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    terminal.write('yes\r');
    let poured = 0;
    await new Promise<void>((resolve) =>
      terminal.onOutput((bytes) => {
        poured += bytes.length;
        if (poured > floodBytes) resolve();
      }),
    );
    const begin = performance.now();
    const isBack = seen(terminal, prompt);
    terminal.write('\x03');
    await isBack;
    times.push(performance.now() - begin);
  }
  await terminal.close();
  connection.close();
  return [{ what: 'Ctrl-C to prompt under yes, p95 of 20', value: percentile(times, 95), unit: 'ms', atMost: 150 }];
}
