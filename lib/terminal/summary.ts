import type { MadePodKind } from '../debug/made-pods.ts';
import type { StartStep } from '../debug/start-timeline.ts';
import type { WireError } from '../protocol/errors.ts';

/** On a debugger's own process, on the application's own, or on a process of its own in any container. */
export type TerminalKind = 'debug' | 'attach' | 'exec';

export type TerminalState =
  /** `problem`: waiting alone won't help, though the node may go on trying. */
  | { kind: 'starting'; step: string; detail?: string; problem?: WireError }
  | { kind: 'live' }
  /**
   * The connection to the container broke while it ran, at this time (ms since 1970); it is being made again. `problem`:
   * that waits for somebody.
   */
  | { kind: 'reconnecting'; since: number; problem?: WireError }
  /** `why`: what its exit code means, where it means more than that the program said so. */
  | { kind: 'ended'; exitCode: number | undefined; reason: string; why?: string; error?: WireError };

/** Whether a terminal's output is written to a file; `failed`: it was, until it had to be stopped. */
export type RecordingState =
  | { kind: 'off' }
  | { kind: 'on'; id: string; since: number }
  | { kind: 'failed'; error: WireError };

export interface TerminalSummary {
  session: string;
  /** The id of the caller whose terminal it is. */
  owner: string;
  kind: TerminalKind;
  context: string;
  namespace: string;
  pod: string;
  container: string;
  image: string | undefined;
  target: string | undefined;
  /** The equal kubectl command. */
  command: string;
  /** Its pod was made for it, and is deleted once its process has ended. */
  madePod?: MadePodKind | undefined;
  /** A word in the command line of a shell by exec, by which its process can be told from others. */
  mark?: string | undefined;
  /** Milliseconds since 1970. */
  createdAt: number;
  state: TerminalState;
  recording: RecordingState;
  /** The steps of its start so far, of one that was started here. */
  timeline: StartStep[];
}
