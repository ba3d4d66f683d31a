import { fchownSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import { hasManyUsers } from './privileges.ts';

interface NativePty {
  open(columns: number, rows: number): { master: number; slave: number };
  resize(fd: number, columns: number, rows: number): void;
}

// We use only node-pty's native half. Its own open() also reads from the slave, and its spawn() closes file descriptors
// that a container's start needs.
const require = createRequire(import.meta.url);
const { requireBinary }: { requireBinary(file: string): NativePty } = require('@lydell/node-pty/requireBinary.js');
let native: NativePty | undefined;

export interface Pty {
  master: ReadStream;
  /** The process's end; close it after the start. */
  slave: number;
  resize(columns: number, rows: number): void;
}

export interface PtyOptions {
  /** The devpts folder of the new terminal. The default is the machine's. */
  devpts?: string | undefined;
  /** The terminal's owner. */
  uid: number;
}

/** The target of the machine's /dev/pts. */
const link = '/images/pts-now';

/**
 * Opens a new pseudo-terminal. A container's terminal comes from the container's own /dev/pts, so that its name is
 * valid there. openpty only knows /dev/ptmx, so we change the link below it during the call.
 */
export function openPty({ devpts = '/images/pts', uid }: PtyOptions, columns = 80, rows = 24): Pty {
  native ??= requireBinary('pty.node');
  const library = native;
  symlinkSync(devpts, `${link}.new`);
  renameSync(`${link}.new`, link);
  const { master: fd, slave } = library.open(columns, rows);
  if (uid !== 0 && hasManyUsers) fchownSync(slave, uid, 0);
  const master = new ReadStream(fd);
  // Reading the master fails with EIO once the last process has closed the other side. This is its normal end.
  master.on('error', () => master.destroy());
  return {
    master,
    slave,
    resize: (columns, rows) => {
      if (!master.destroyed) library.resize(fd, columns, rows);
    },
  };
}
