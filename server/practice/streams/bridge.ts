import type { Readable, Writable } from 'node:stream';
import type { RemoteProcess } from '../api/node-api.ts';

/** A client's end of a streamed process, in either protocol. */
export interface ClientStreams {
  stdin: Readable | undefined;
  stdout: Writable | undefined;
  stderr: Writable | undefined;
  onResize(listener: (columns: number, rows: number) => void): void;
  /** Calls the listener when the client has gone. */
  onClose(listener: () => void): void;
  /** Sends the closing Status after all output, and ends the stream. */
  finish(status: object): void;
}

/** Connects a client to a process until either of them ends. */
export async function bridge(
  client: ClientStreams,
  process: RemoteProcess,
  toStatus: (exitCode: number | undefined) => object,
): Promise<void> {
  client.onResize((columns, rows) => process.resize(columns, rows));
  client.onClose(() => process.close());
  if (client.stdin && process.stdin) feed(client.stdin, process.stdin);
  const outputs = [
    [process.stdout, client.stdout],
    [process.stderr, client.stderr],
  ] as const;
  const drained = outputs.map(([from, to]) => (from ? carry(from, to) : Promise.resolve()));
  const exitCode = await process.exited;
  await Promise.all(drained);
  client.finish(toStatus(exitCode));
}

/** Not a pipe, because a terminal's input has no end, and late input must not fail on a process that is gone. */
function feed(from: Readable, to: Writable): void {
  from.on('data', (chunk: Buffer) => {
    if (to.destroyed || to.writableEnded || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
    to.once('close', () => from.resume());
  });
  from.on('end', () => {
    if (!to.destroyed && !isTerminal(to)) to.end();
  });
}

/** A terminal stays open when a client's input ends. A pipe is closed then, so that `cat` ends. */
function isTerminal(stream: Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** Carries output until its source ends or breaks off. Output without a client is read and dropped. */
function carry(from: Readable, to: Writable | undefined): Promise<void> {
  return new Promise((resolve) => {
    from.once('close', resolve);
    from.once('end', resolve);
    if (from.destroyed || from.readableEnded) resolve();
    if (to === undefined || to.destroyed) {
      from.resume();
      return;
    }
    from.on('data', (chunk: Buffer) => {
      if (to.destroyed || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => from.resume());
      to.once('close', () => from.resume());
    });
  });
}
