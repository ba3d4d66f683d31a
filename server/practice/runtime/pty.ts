import { fchownSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import { hasManyUsers } from './privileges.ts';

interface NativePty {
  open(columns: number, rows: number): { master: number; slave: number };
  resize(fd: number, columns: number, rows: number): void;
}

// node-pty's own open() reads from the slave as well, and its spawn() closes the file descriptors that a container's
// start needs, so its native half is used as it is.
const require = createRequire(import.meta.url);
const { requireBinary }: { requireBinary(file: string): NativePty } = require('@lydell/node-pty/requireBinary.js');
let native: NativePty | undefined;

export interface Pty {
  master: ReadStream;
  /** To hand to the process, and to close then. */
  slave: number;
  resize(columns: number, rows: number): void;
}

export interface PtyOptions {
  /** The folder of terminals that it is to be one of; without one, the machine's. */
  devpts?: string | undefined;
  /** Whose it is. */
  uid: number;
}

/** What the machine's /dev/pts is a link to. */
const link = '/images/pts-now';

/**
 * A new pseudo-terminal. One for a process in a container comes from the container's own /dev/pts, so that its name
 * means something there: openpty knows only /dev/ptmx, so the link under it is changed for the moment of the call.
 */
export function openPty({ devpts = '/images/pts', uid }: PtyOptions, columns = 80, rows = 24): Pty {
  native ??= requireBinary('pty.node');
  const library = native;
  symlinkSync(devpts, `${link}.new`);
  renameSync(`${link}.new`, link);
  const { master: fd, slave } = library.open(columns, rows);
  if (uid !== 0 && hasManyUsers) fchownSync(slave, uid, 0);
  const master = new ReadStream(fd);
  // The master reads EIO once the last process has closed the other side: that is its end, not a fault.
  master.on('error', () => master.destroy());
  return {
    master,
    slave,
    resize: (columns, rows) => {
      if (!master.destroyed) library.resize(fd, columns, rows);
    },
  };
}
