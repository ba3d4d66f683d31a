import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { RunningServer } from '#e2e/product.ts';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { cpuOf, residentMiB } from '../process-usage.ts';
import type { Result } from '../table.ts';
import { type BenchPod, type DashboardTerminal, throughDashboard } from './terminals.ts';

const count = 200;
/** A page may open so many at once before it is slowed down. */
const perPage = 20;
/** Starts are over, and their garbage collected. */
const settleMs = 20_000;
/** Four rounds of pings. */
const measuredMs = 60_000;

/** What terminals cost in which nothing happens, against a server that only holds as many sockets open. */
export async function idle(server: RunningServer, pod: BenchPod): Promise<Result[]> {
  // What the first one loads is not the price of each.
  await (await openTerminals(server, pod, 1)).close();
  await delay(settleMs);
  const before = residentMiB(server.pid);
  const terminals = await openTerminals(server, pod, count);
  await delay(settleMs);
  const after = residentMiB(server.pid);
  const bare = await bareServer();
  const ours = cpuOf(server.pid);
  const theirs = cpuOf(bare.pid);
  await delay(measuredMs);
  const [oursMs, theirsMs] = [ours(), theirs()];
  bare.stop();
  await terminals.close();
  return [
    { what: `processor, ${count} idle terminals`, value: (oursMs / measuredMs) * 100, unit: '% of a core' },
    {
      what: `floor: a bare ws server with ${count} sockets`,
      value: (theirsMs / measuredMs) * 100,
      unit: '% of a core',
    },
    { what: 'ratio', value: oursMs / theirsMs, unit: '', atMost: 2 },
    { what: 'memory (RSS) of each', value: ((after - before) * 1_024) / count, unit: 'KiB', atMost: 60 },
  ];
}

async function openTerminals(server: RunningServer, pod: BenchPod, wanted: number) {
  const pages: BrowserConnection[] = [];
  const terminals: DashboardTerminal[] = [];
  while (terminals.length < wanted) {
    const page = await (await BrowserConnection.open(server)).hello();
    pages.push(page);
    for (let i = 0; i < perPage && terminals.length < wanted; i++)
      terminals.push(await throughDashboard(page, pod, ['cat']));
  }
  return {
    async close() {
      for (const terminal of terminals) await terminal.close();
      for (const page of pages) page.close();
    },
  };
}

/** As many sockets, and the same pings. */
async function bareServer(): Promise<{ pid: number; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ping-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const sockets: WebSocket[] = [];
  for (let i = 0; i < count; i++) {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port).trim()}`, { perMessageDeflate: false });
    await once(socket, 'open');
    sockets.push(socket);
  }
  await delay(settleMs);
  return {
    pid: child.pid ?? 0,
    stop() {
      for (const socket of sockets) socket.terminate();
      child.kill();
    },
  };
}
