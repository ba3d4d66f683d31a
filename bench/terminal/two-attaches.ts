import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { images } from '#e2e/images.ts';
import { benchNamespace, makePod, removePods } from '../pods.ts';

const name = 'two-attaches';
/** The first has found its pace; the pipes and windows behind the second are full; what is left of the first's pace. */
const [aloneMs, fillMs, measuredMs] = [5_000, 5_000, 5_000];

/** Bytes per second of one `kubectl attach` alone, and while another on the same container has stopped reading. */
export async function twoAttaches(): Promise<{ alone: number; beside: number }> {
  makePod(name, {
    name: 'flood',
    image: images.toolboxAsUser,
    stdin: true,
    command: ['sh', '-c', `read _; yes ${'x'.repeat(127)}`],
  });
  const clients: ChildProcess[] = [];
  try {
    let bytes = 0;
    const rate = async (ms: number) => {
      const before = bytes;
      await delay(ms);
      return ((bytes - before) / ms) * 1_000;
    };
    const reader = attach();
    clients.push(reader);
    reader.stdout?.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    reader.stdin?.write('\n');
    const alone = await rate(aloneMs);
    // Nobody reads what it brings.
    clients.push(attach());
    await delay(fillMs);
    return { alone, beside: await rate(measuredMs) };
  } finally {
    for (const client of clients) client.kill('SIGKILL');
    removePods();
  }
}

function attach(): ChildProcess {
  return spawn('kubectl', ['-n', benchNamespace, 'attach', '-i', name], { stdio: ['pipe', 'pipe', 'ignore'] });
}
