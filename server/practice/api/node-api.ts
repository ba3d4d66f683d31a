import type { Duplex, Readable, Writable } from 'node:stream';
import type { Pod } from '../store/pod.ts';

/** The questions that the API server asks a pod's node, as it asks a kubelet. All of them throw StatusErrors. */
export interface NodeApi {
  /** The lines of a container's log. The stream ends by itself unless `follow` is set. */
  logs(pod: Pod, options: LogOptions, signal: AbortSignal): Promise<Readable>;
  exec(pod: Pod, request: ExecRequest): Promise<RemoteProcess>;
  attach(pod: Pod, request: StreamRequest): Promise<RemoteProcess>;
  /** A connection to a port in the pod's network namespace. */
  dial(pod: Pod, port: number): Promise<Duplex>;
}

export interface LogOptions {
  container: string | undefined;
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  tailLines: number | undefined;
  limitBytes: number | undefined;
  /** Milliseconds since 1970. */
  sinceTime: number | undefined;
}

export interface StreamRequest {
  container: string | undefined;
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

export interface ExecRequest extends StreamRequest {
  command: string[];
}

/** A process with its streams. The caller must read both outputs, or close the process. */
export interface RemoteProcess {
  stdin: Writable | undefined;
  stdout: Readable | undefined;
  stderr: Readable | undefined;
  resize(columns: number, rows: number): void;
  /** The exit code; undefined if only the stream has ended. */
  exited: Promise<number | undefined>;
  /** Tells the node that the client has gone. */
  close(): void;
}
