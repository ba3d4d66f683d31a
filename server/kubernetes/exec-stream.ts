import { Readable } from 'node:stream';
import type { Cluster } from './cluster.ts';
import { type ContainerStream, openContainerStream, type StreamEnd } from './container-stream.ts';
import { EndMark } from './end-mark.ts';
import type { ContainerCommand } from './exec-output.ts';

/** What is read ahead of a slow reader: eight frames of a container. */
const readAheadBytes = 256 * 1024;
/** What programs say when they fail is a line or two. */
const maxErrorBytes = 8 * 1024;

export interface ExecStream {
  /** What it prints, no faster than it is read. Ends when the program does; a break of the connection is an error of it. */
  output: Readable;
  /** Once it is over: what it ended with, and what it said on stderr. */
  ended: Promise<{ end: StreamEnd; stderr: string }>;
  /** Resolves once the bytes are on their way to the program. */
  write(bytes: Uint8Array): Promise<void>;
  /** Leaves it: its stdin ends, and its stdout is closed. */
  close(): void;
}

export interface ExecStreamOptions {
  signal: AbortSignal;
  /**
   * What the program prints behind the end of its output, to wait then for the end of its input; it is not part of the output. Without
   * it the output is not known to be whole, and ends with an error. Empty: there is none, and an exit with 0 is the end.
   */
  endMark?: string;
}

/** Runs a command in a container, with its stdin open, and streams what it prints. Ends with `signal`. */
export async function openExecStream(
  cluster: Cluster,
  { namespace, pod, container, command }: ContainerCommand,
  { signal, endMark = '' }: ExecStreamOptions,
): Promise<ExecStream> {
  let stream: ContainerStream | undefined;
  const { promise: ended, resolve } = Promise.withResolvers<{ end: StreamEnd; stderr: string }>();
  let stderr = '';
  const mark = endMark === '' ? undefined : new EndMark(endMark);
  let isWhole = false;
  const output = new Readable({ highWaterMark: readAheadBytes, read: () => stream?.hold(false) });
  stream = await openContainerStream(
    cluster,
    { kind: 'exec', namespace, pod, container, command, stdin: true, tty: false },
    {
      onOpen: (opened) => {
        stream = opened;
      },
      onOutput(bytes, channel) {
        if (isWhole) return;
        if (channel === 'stderr') stderr = (stderr + Buffer.from(bytes).toString('utf8')).slice(0, maxErrorBytes);
        else for (const part of mark?.take(bytes) ?? [bytes]) if (!output.push(part)) stream?.hold(true);
        if (mark?.hasCome) {
          isWhole = true;
          resolve({ end: { kind: 'exit', exitCode: 0 }, stderr });
          output.push(null);
          // The program waits for that.
          stream?.close();
        }
      },
      onEnd(end) {
        resolve({ end, stderr });
        if (end.kind === 'exit' && end.exitCode === 0 && mark === undefined) output.push(null);
        else output.destroy(toError(end));
      },
      signal,
    },
  );
  const opened = stream;
  // Told by `ended` too; who reads the output hears it there.
  output.on('error', () => {});
  const close = () => {
    opened.close();
    resolve({ end: { kind: 'failed', error: new Error('it was left') }, stderr });
    output.destroy();
  };
  output.once('close', () => opened.close());
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });
  return { output, ended, write: (bytes) => opened.write(bytes), close };
}

function toError(end: StreamEnd): Error {
  if (end.kind === 'failed') return end.error;
  const why = end.kind === 'refused' ? end.message : `it ended with code ${end.exitCode}`;
  return new Error(`not all of the output came: ${why}`);
}
