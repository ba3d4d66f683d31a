import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { RunningServer } from '#e2e/product.ts';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
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
  const pages: BrowserConnection[] = [];
  const terminals: DashboardTerminal[] = [];
  // What the first one loads is not the price of each.
  const first = await (await BrowserConnection.open(server)).hello();
  await (await throughDashboard(first, pod, ['cat'])).close();
  await delay(settleMs);
  const before = residentKb(server.pid);
  while (terminals.length < count) {
    const page = await (await BrowserConnection.open(server)).hello();
    pages.push(page);
    for (let i = 0; i < perPage; i++) terminals.push(await throughDashboard(page, pod, ['cat']));
  }
  await delay(settleMs);
  const after = residentKb(server.pid);
  const bare = await bareServer();
  const ours = cpuOf(server.pid);
  const theirs = cpuOf(bare.pid);
  await delay(measuredMs);
  const [oursMs, theirsMs] = [ours(), theirs()];
  bare.stop();
  for (const terminal of terminals) await terminal.close();
  for (const page of [first, ...pages]) page.close();
  return [
    { what: `processor, ${count} idle terminals`, value: (oursMs / measuredMs) * 100, unit: '% of a core' },
    {
      what: `floor: a bare ws server with ${count} sockets`,
      value: (theirsMs / measuredMs) * 100,
      unit: '% of a core',
    },
    { what: 'ratio', value: oursMs / theirsMs, unit: '', atMost: 2 },
    { what: 'memory (RSS) of each', value: (after - before) / count, unit: 'KB', atMost: 60 },
  ];
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

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
}

/** Milliseconds of processor that a process has used since this was called. */
function cpuOf(pid: number): () => number {
  const used = () => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // utime and stime, in ticks of 10 ms (proc(5); USER_HZ is 100).
    return (Number(fields[11]) + Number(fields[12])) * 10;
  };
  const begin = used();
  return () => used() - begin;
}
