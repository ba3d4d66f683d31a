import type { Readable, Writable } from 'node:stream';
import type { RemoteProcess } from '../api/node-api.ts';

/** A client's end of a streamed process, in whichever protocol it speaks. */
export interface ClientStreams {
  stdin: Readable | undefined;
  stdout: Writable | undefined;
  stderr: Writable | undefined;
  onResize(listener: (columns: number, rows: number) => void): void;
  /** The client has gone. */
  onClose(listener: () => void): void;
  /** Sends the closing Status, after all output, and ends. */
  finish(status: object): void;
}

/** Connects a client to a process until one of them ends. */
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

/** Not piped: a terminal's input has no end, and what is left of a client's must not fail on a process that is gone. */
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

/** A terminal goes on when a client's input ends; a pipe is closed then, so that `cat` ends. */
function isTerminal(stream: Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** Until the source ends or breaks off; what nobody wants is read and dropped. */
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
