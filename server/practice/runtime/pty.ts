import { readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';

interface NativePty {
  open(columns: number, rows: number): { master: number; slave: number };
  resize(fd: number, columns: number, rows: number): void;
}

// node-pty's own open() reads from the slave as well, and its spawn() closes the file descriptors that a container's
// start needs, so its native half is used as it is.
const require = createRequire(import.meta.url);
const { requireBinary } = require('@lydell/node-pty/requireBinary.js') as { requireBinary(file: string): NativePty };
let native: NativePty | undefined;

export interface Pty {
  master: ReadStream;
  /** To hand to the process, and to close then. */
  slave: number;
  /** `/dev/pts/0`. */
  name: string;
  resize(columns: number, rows: number): void;
}

export function openPty(columns = 80, rows = 24): Pty {
  native ??= requireBinary('pty.node');
  const library = native;
  const { master: fd, slave } = library.open(columns, rows);
  const master = new ReadStream(fd);
  // The master reads EIO once the last process has closed the other side: that is its end, not a fault.
  master.on('error', () => master.destroy());
  return {
    master,
    slave,
    name: readlinkSync(`/proc/self/fd/${slave}`),
    resize: (columns, rows) => {
      if (!master.destroyed) library.resize(fd, columns, rows);
    },
  };
}
