import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from '#e2e/product.ts';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { residentMiB } from '../process-usage.ts';
import type { Result } from '../table.ts';
import { type BenchPod, throughDashboard } from './terminals.ts';
import { twoAttaches } from './two-attaches.ts';

const mebibyte = 1024 * 1024;

/** A viewer that stops reading: what the server keeps for it, and what it takes from another. */
export async function stall(server: RunningServer, pod: BenchPod): Promise<Result[]> {
  const [windowMs, stallMs] = [5_000, 60_000];
  const connection = await (await BrowserConnection.open(server)).hello();
  const terminal = await throughDashboard(connection, pod, ['yes', 'x'.repeat(127)]);
  let bytes = 0;
  terminal.onOutput((piece) => {
    bytes += piece.length;
  });
  const rate = async (ms: number) => {
    const begin = [bytes + terminal.skipped, performance.now()] as const;
    await delay(ms);
    return (bytes + terminal.skipped - begin[0]) / mebibyte / ((performance.now() - begin[1]) / 1_000);
  };
  // Measured: for so long the server's heap grows with a flood, whoever reads.
  await delay(25_000);
  const alone = await rate(windowMs);
  const before = residentMiB(server.pid);
  // Opens the terminal, and acknowledges nothing.
  const stalled = await (await BrowserConnection.open(server)).hello();
  await stalled.ask('terminal:open', { session: terminal.session, from: 0 });
  const meanwhile = await rate(stallMs);
  const after = residentMiB(server.pid);
  stalled.close();
  await terminal.close();
  connection.close();
  const kubectl = await twoAttaches();
  return [
    { what: 'a viewer alone under yes', value: alone, unit: 'MiB/s' },
    { what: `the same while another has stopped reading for ${stallMs / 1_000} s`, value: meanwhile, unit: 'MiB/s' },
    { what: 'ratio', value: meanwhile / alone, unit: '', atLeast: 0.9 },
    { what: 'for comparison: the same of two kubectl attach', value: kubectl.beside / kubectl.alone, unit: '' },
    { what: 'growth of the server’s memory (RSS)', value: after - before, unit: 'MiB', atMost: 16 },
  ];
}
