import type { Signal } from '#lib/processes/signals.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import { type ProcessAddress, runOn } from './read-process.ts';

/** Its answer is a word. */
const limits = { timeoutMs: 10_000, maxBytes: 4096 };

/** Sends a signal to this very process, from the container that sees it. Rejects with the reason where it is not sent. */
export async function signalProcess(cluster: Cluster, address: ProcessAddress, signal: Signal): Promise<void> {
  const { pid, container } = address;
  if (pid === 1 && (await getPod(cluster, address)).settings.shareProcessNamespace) {
    throw new AppError('policy', 'Process 1 is the sandbox: without it the whole pod ends.', {
      next: 'Signal a process of a container.',
    });
  }
  const said = await runOn(cluster, address, 'kill "-$1" "$pid" 2>&1 && echo sent', limits, signal);
  if (said.trim().split('\n').at(-1) === 'sent') return;
  if (/not permitted/i.test(said)) {
    throw new AppError(
      'container',
      `The kernel does not let ${container} signal process ${pid}: it is another user’s.`,
      {
        next: 'Start a debugger as root, or as that user, with its container as the target.',
      },
    );
  }
  throw new AppError(
    'container',
    `${signal} was not sent to process ${pid}: ${said.trim().slice(0, 200) || 'its shell did not say why'}.`,
  );
}
