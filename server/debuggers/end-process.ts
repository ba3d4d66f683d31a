import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { openContainerStream } from '../kubernetes/container-stream.ts';
import { execOutput } from '../kubernetes/exec-output.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import { type PodAddress, watchPod } from '../kubernetes/pod-watch.ts';
import { deleteMadePod } from './delete-pods.ts';
import { endScript } from './end-script.ts';

type ContainerAddress = PodAddress & { container: string };

/** The script gives the process four seconds; a node under load is given twice that again. Its answer is one word. */
const scriptLimits = { timeoutMs: 12_000, maxBytes: 4096 };
/** From the end of a process until the pod's status says so: up to 2 s, and more on a busy node. */
const statusTimeoutMs = 10_000;
/** Between two "end of input": a shell that was busy with the last one is asked again. */
const hangUpIntervalMs = 250;

/** Ctrl-C drops a line that was begun, Ctrl-D on an empty one is the end of input: a shell ends there. */
const interrupt = Uint8Array.of(0x03);
const endOfInput = Uint8Array.of(0x04);

/**
 * Ends a debugger by ending its own process, and waits until the cluster says that it is over. Nothing else in the pod is
 * touched: where it shares the pid namespace of its target, process 1 is the application.
 */
export async function endDebugger(cluster: Cluster, address: ContainerAddress): Promise<void> {
  const pod = await getPod(cluster, address);
  const container = pod.containers.find(({ name }) => name === address.container);
  if (container?.kind !== 'ephemeral') {
    throw new AppError('invalid', `${address.container} is not a debugger: it is part of the pod, and goes on.`);
  }
  if (container.state.kind === 'terminated') return;
  const over = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const watch = watchPod(cluster, address, {
    onPod(now) {
      const state = now?.uid === pod.uid && now.containers.find(({ name }) => name === container.name)?.state.kind;
      if (state === false || state === 'terminated') resolve();
    },
    onEvents() {},
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const said = await runEndScript(cluster, address, '');
    timer = setTimeout(() => reject(didNotEnd(address, said)), statusTimeoutMs);
    if (said !== 'ended' && container.tty) {
      hangUp(cluster, address, over.signal).catch(() => {
        // Over, or refused: the pod's status decides.
      });
    }
    await promise;
  } finally {
    clearTimeout(timer);
    over.abort();
    watch.close();
  }
}

/** Ends the process that a terminal is on. Rejects with the reason where it goes on. */
export async function endProcessOf(cluster: Cluster, terminal: TerminalSummary): Promise<void> {
  if (terminal.kind === 'exec') await endMarked(cluster, terminal, terminal.mark);
  else if (terminal.madePod !== undefined) await deleteMadePod(cluster, terminal);
  else await endDebugger(cluster, terminal);
}

/** Ends the shell that has this mark. */
async function endMarked(cluster: Cluster, address: ContainerAddress, mark: string | undefined): Promise<void> {
  if (mark === undefined) {
    throw new AppError('invalid', `Only shells can be told from the other processes of ${address.container}.`, {
      next: 'End the program in its terminal.',
    });
  }
  const said = await runEndScript(cluster, address, mark);
  if (said === 'ended' || said === 'gone') return;
  throw new AppError('container', `The shell in ${address.container} did not end: ${explainStay(said)}.`, {
    next: 'Type exit in it.',
  });
}

/** What the script said; empty where it could not run, or ended with the container that it ran in. */
async function runEndScript(cluster: Cluster, address: ContainerAddress, mark: string): Promise<string> {
  const { stdout, end } = await execOutput(cluster, address, ['sh', '-c', endScript, 'sh', mark], scriptLimits);
  // A stream that breaks may have ended with the container; a refusal says that nothing has been done.
  if (end.kind === 'failed' && end.error instanceof AppError && end.error.code !== 'unreachable') throw end.error;
  return stdout.trim();
}

/** Types the end of input until it is heard: the way to end process 1 of a pid namespace. */
async function hangUp(cluster: Cluster, address: ContainerAddress, signal: AbortSignal): Promise<void> {
  const { namespace, pod, container } = address;
  const over = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => over.resolve());
  const stream = await openContainerStream(
    cluster,
    { kind: 'attach', namespace, pod, container, stdin: true, tty: true },
    { onOutput() {}, onEnd: () => over.resolve() },
    signal,
  );
  const send = (bytes: Uint8Array) => stream.write(bytes).catch(() => over.resolve());
  void send(interrupt);
  const timer = setInterval(() => void send(endOfInput), hangUpIntervalMs);
  await over.promise;
  clearInterval(timer);
  stream.close();
}

function didNotEnd({ container, pod }: ContainerAddress, said: string): AppError {
  return new AppError('container', `Debugger ${container} did not end: ${explainStay(said)}.`, {
    next: `End it in its terminal; it ends in any case with pod ${pod}.`,
  });
}

function explainStay(said: string): string {
  return said === ''
    ? 'there is no shell beside it that could signal its process'
    : 'its process ignores what can be sent from inside the pod';
}
