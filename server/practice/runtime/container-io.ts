import { Readable } from 'node:stream';
import type { ContainerProcess } from './container-process.ts';
import type { LogStream, LogWriter } from './log-writer.ts';

/**
 * The most unread output that a client may have before it is dropped. With a real runtime, a client that stops reading
 * would stop the container and every other client.
 */
const maxBehindBytes = 8 * 1024 * 1024;

/** Carries all output of a container's process into its log, and to each client that is attached at the time. */
export class ContainerIo {
  readonly process: ContainerProcess;
  readonly log: LogWriter;
  readonly #clients = new Set<AttachedClient>();

  constructor(process: ContainerProcess, log: LogWriter) {
    this.process = process;
    this.log = log;
    this.#pump('stdout', process.stdout);
    if (process.stderr) this.#pump('stderr', process.stderr);
  }

  /** Attaches a client to the output from now on. Earlier output is in the log. */
  attach(): AttachedClient {
    const client = new AttachedClient(this.process.stderr !== undefined, () => this.#clients.delete(client));
    this.#clients.add(client);
    return client;
  }

  /** Ends the log and all clients, after the process has ended and all its output has been read. */
  end(): void {
    this.log.close();
    for (const client of [...this.#clients]) client.end();
    this.#clients.clear();
  }

  #pump(stream: LogStream, source: Readable): void {
    source.on('data', (chunk: Buffer) => {
      for (const client of this.#clients) client.push(stream, chunk);
      if (!this.log.write(stream, chunk, () => source.resume())) source.pause();
    });
  }
}

class AttachedClient {
  readonly stdout = new Output();
  readonly stderr: Output | undefined;
  readonly #leave: () => void;

  constructor(hasStderr: boolean, leave: () => void) {
    this.stderr = hasStderr ? new Output() : undefined;
    this.#leave = leave;
  }

  push(stream: LogStream, chunk: Buffer): void {
    const output = stream === 'stdout' ? this.stdout : (this.stderr ?? this.stdout);
    output.push(chunk);
    if (output.readableLength > maxBehindBytes) this.detach();
  }

  end(): void {
    this.stdout.push(null);
    this.stderr?.push(null);
  }

  detach(): void {
    this.#leave();
    this.stdout.destroy();
    this.stderr?.destroy();
  }
}

/** Its owner pushes output into it, so reading asks for nothing. */
class Output extends Readable {
  override _read(): void {}
}
