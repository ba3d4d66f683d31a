import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { images } from '#e2e/images.ts';

const name = 'two-attaches';
const namespace = 'shop';
/** The first has found its pace; the pipes and windows behind the second are full; what is left of the first's pace. */
const [aloneMs, fillMs, measuredMs] = [5_000, 5_000, 5_000];

/** Bytes per second of one `kubectl attach` alone, and while another on the same container has stopped reading. */
export async function twoAttaches(): Promise<{ alone: number; beside: number }> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'flood',
          image: images.toolboxAsUser,
          stdin: true,
          command: ['sh', '-c', `read _; yes ${'x'.repeat(127)}`],
        },
      ],
    },
  };
  execFileSync('kubectl', ['create', '-f', '-'], { input: JSON.stringify(pod) });
  const clients: ChildProcess[] = [];
  try {
    execFileSync('kubectl', ['-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s']);
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
    execFileSync('kubectl', ['-n', namespace, 'delete', 'pod', name, '--now']);
  }
}

function attach(): ChildProcess {
  return spawn('kubectl', ['-n', namespace, 'attach', '-i', name], { stdio: ['pipe', 'pipe', 'ignore'] });
}
