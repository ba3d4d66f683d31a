import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from '#e2e/product.ts';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { percentile } from '../percentile.ts';
import type { Result } from '../table.ts';
import { type BenchPod, throughDashboard } from './terminals.ts';

/** Cuts of the connection while numbered lines pour: each byte is checked. */
export async function cuts(server: RunningServer, pod: BenchPod): Promise<Result[]> {
  const [lines, cutCount] = [22_500_000, 100];
  const connection = await (await BrowserConnection.open(server)).hello();
  const terminal = await throughDashboard(connection, pod, ['sh', '-c', `seq ${lines} | cat; sleep 1000`]);
  let next = 1;
  let rest = '';
  let bytes = 0;
  let wrong = 0;
  let waiting: (() => void) | undefined;
  const done = new Promise<void>((resolve) =>
    terminal.onOutput((piece) => {
      bytes += piece.length;
      waiting?.();
      const text = rest + Buffer.from(piece).toString('latin1');
      const numbers = text.split('\r\n');
      rest = numbers.pop() ?? '';
      for (const number of numbers) {
        if (number !== String(next)) {
          wrong += 1;
          // On from there, where it is a number at all.
          if (/^\d+$/.test(number)) next = Number(number);
        }
        next += 1;
      }
      if (next > lines) resolve();
    }),
  );
  connection.onReconnect(() => void terminal.feed.open());
  const gaps: number[] = [];
  const total = String(lines).length * lines;
  for (let cut = 0; cut < cutCount && next <= lines; cut++) {
    const target = (total * (cut + 1)) / (cutCount + 2);
    while (bytes < target && next <= lines) await delay(2);
    const begin = performance.now();
    const back = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    connection.cut();
    await Promise.race([back, done]);
    gaps.push(performance.now() - begin);
  }
  await done;
  await terminal.close();
  connection.close();
  return [
    { what: 'cuts of the connection', value: gaps.length, unit: 'cuts', atLeast: cutCount },
    { what: 'bytes that came through them', value: bytes / 1e6, unit: 'MB' },
    { what: 'lines lost, doubled or out of order', value: wrong, unit: 'lines', atMost: 0 },
    { what: 'bytes replaced by a screen', value: terminal.skipped, unit: 'bytes', atMost: 0 },
    { what: 'from a cut to the next byte, p95', value: percentile(gaps, 95), unit: 'ms', atMost: 1_000 },
  ];
}
