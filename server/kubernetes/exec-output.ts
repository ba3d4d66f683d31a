import { formatBytes } from '#lib/format-bytes.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from './cluster.ts';
import {
  type ContainerStream,
  openContainerStream,
  type StreamEnd,
  type StreamHandlers,
  type StreamRequest,
} from './container-stream.ts';
import type { PodAddress } from './pod-watch.ts';

/** A command, and the container that it runs in. */
export interface ContainerCommand extends PodAddress {
  container: string;
  command: string[];
}

export interface ExecOutput {
  stdout: string;
  stderr: string;
  end: StreamEnd;
}

export interface ExecLimits {
  timeoutMs: number;
  /** Of stdout and stderr together; the stream is cut off there. */
  maxBytes: number;
  /** `latin1`: one character a byte, for what need not be text. */
  encoding?: 'utf8' | 'latin1';
}

/** Runs a command in a container without a terminal and collects what it prints. Rejects with an AppError on time-out and overflow. */
export async function execOutput(
  cluster: Cluster,
  { namespace, pod, container, command }: ContainerCommand,
  limits: ExecLimits,
): Promise<ExecOutput> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(tookTooLong(container, limits)), limits.timeoutMs);
  const output: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const printed = (channel: keyof typeof output) => Buffer.concat(output[channel]).toString(limits.encoding ?? 'utf8');
  const collected = (end: StreamEnd) => ({ stdout: printed('stdout'), stderr: printed('stderr'), end });
  let size = 0;
  let stream: ContainerStream | undefined;
  try {
    const { promise, resolve, reject } = Promise.withResolvers<StreamEnd>();
    // While the stream is being opened nobody waits for it.
    promise.catch(() => {});
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason));
    const request: StreamRequest = { kind: 'exec', namespace, pod, container, command, stdin: false, tty: false };
    const onOutput: StreamHandlers['onOutput'] = (bytes, channel) => {
      size += bytes.length;
      if (size > limits.maxBytes) limit.abort(saidTooMuch(container, limits));
      else output[channel].push(bytes);
    };
    stream = await openContainerStream(cluster, request, { onOutput, onEnd: resolve, signal: limit.signal });
    return collected(await promise);
  } catch (error) {
    limit.signal.throwIfAborted();
    if (error instanceof AppError) return collected({ kind: 'failed', error });
    throw error;
  } finally {
    clearTimeout(timer);
    stream?.close();
  }
}

function tookTooLong(container: string, { timeoutMs }: ExecLimits): AppError {
  return new AppError('timeout', `${container} did not answer within ${timeoutMs / 1000} s.`, {
    next: 'It may be frozen, or its node busy. Try again, or through another container.',
  });
}

function saidTooMuch(container: string, { maxBytes }: ExecLimits): AppError {
  return new AppError(
    'container',
    `${container} answered with more than ${formatBytes(maxBytes)}, which is not taken.`,
    {
      next: 'Look at it in a terminal.',
    },
  );
}
