import { pause } from '#lib/pause.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import { keptBytes } from '#lib/protocol/limits.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { ContainerStream } from '../kubernetes/container-stream.ts';
import { getLogEnd } from '../kubernetes/pod-calls.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';

/** The terminal that a missing part is put into. */
export interface PartOutput {
  append(bytes: Uint8Array): void;
  /** Output that was shown before, or whose time has passed: questions in it are not to be answered. */
  appendHistory(bytes: Uint8Array): void;
  /** A line of ours between what the container prints. */
  appendNote(bytes: Uint8Array): void;
}

/** Output from before an attach, which only the container's log has. */
export interface MissingPart {
  /** The attach has brought something. */
  readonly hasOutput: boolean;
  readonly firstOutput: Promise<void>;
  /** Takes whole lines: all that the attach has brought so far is in them, or after them. The last one closes it. */
  takeLog(log: Buffer, isLast: boolean): void;
  /** The log can't be had. */
  giveUp(why: string): void;
}

/** The container whose log it is, and the attach that it is read for. */
export interface LogSource {
  cluster: Cluster;
  session: TerminalSession;
  stream?: ContainerStream;
}

/** No more than a terminal keeps by default, and as many lines as that usually has. */
const keptLog = { lines: 50_000, maxBytes: keptBytes };
/**
 * The longest that output which is there waits for the log, because what can't be placed is lost: as long as what is typed
 * waits. A kubelet that was restarted knows its pods again by then.
 */
const logTimeoutMs = 10_000;
/** A first try may get a connection that the network has forgotten, and only silence tells. A log takes far less to begin. */
const firstTryMs = 2_000;
/** Between two tries to read it. */
const retryMs = 200;
/** What does not pass. */
const lasting: ReadonlySet<ErrorCode> = new Set(['forbidden', 'credentials']);

/**
 * Fills in what was written before this attach took; without one, all that was written. Nothing says when an attach has
 * taken but its first output: while there is none, more may be written that only the log has, and so it is read again
 * then. Where the attach breaks before, the part stays open for the next.
 */
export async function fillIn(part: MissingPart, source: LogSource): Promise<void> {
  const { stream } = source;
  try {
    while (stream?.isOpen !== false) {
      const isLast = stream === undefined || part.hasOutput;
      const log = await readLog(source);
      // What the log has, and was written after the attach took, the stream must have brought too.
      if (log === undefined || (stream !== undefined && !(await stream.catchUp()))) return;
      part.takeLog(log, isLast);
      if (isLast) return;
      await Promise.race([part.firstOutput, stream?.ended]);
    }
  } catch (error) {
    part.giveUp(error instanceof AppError ? error.message : 'its log could not be read in time');
  }
}

/** Tries again where it fails for the moment; undefined once the stream that it is for has ended. */
async function readLog({ cluster, session, stream }: LogSource): Promise<Buffer | undefined> {
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(logTimeoutMs)]);
  let why: AppError | undefined;
  for (let isFirst = true; stream?.isOpen !== false; isFirst = false) {
    try {
      const trySignal = isFirst ? AbortSignal.any([signal, AbortSignal.timeout(firstTryMs)]) : signal;
      return await getLogEnd(cluster, session.summary, { ...keptLog, signal: trySignal });
    } catch (error) {
      if (signal.aborted) throw why ?? error;
      if (error instanceof AppError) {
        why = error;
        // While there is a stream, there is a pod: its kubelet only doesn't know it yet.
        if (lasting.has(error.code) || (error.code === 'gone' && stream === undefined)) throw error;
      }
    }
    // When it is too late, the next try says so.
    await pause(retryMs, signal);
  }
  return undefined;
}

/** An attach has no history: whoever looks must know that something may be missing here, and why. */
export function sayMissing(output: PartOutput, why: string): void {
  output.appendNote(
    Buffer.from(`\r\n\x1b[2m— attached again; what was printed meanwhile is missing: ${why} —\x1b[22m\r\n`),
  );
}
