import type { Duplex, Readable, Writable } from 'node:stream';
import type { Pod } from '../store/pod.ts';

/** What the API server asks of the node that a pod is on, as it asks a kubelet. Throws StatusErrors. */
export interface NodeApi {
  /** Lines of a container's log, as clients get them. Ends by itself unless it follows. */
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

/** A process to stream with. Who takes it must read both outputs, or close it. */
export interface RemoteProcess {
  stdin: Writable | undefined;
  stdout: Readable | undefined;
  stderr: Readable | undefined;
  resize(columns: number, rows: number): void;
  /** undefined where it is not known because only the stream has ended. */
  exited: Promise<number | undefined>;
  /** The client has gone. */
  close(): void;
}
