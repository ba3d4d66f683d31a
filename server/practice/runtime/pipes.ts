import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';

const { O_RDWR, O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/** A pipe: our end, and the end for a process. */
export interface Pipe {
  ours: Socket;
  theirs: number;
}

/** The number of FIFOs that one call of mkfifo makes. A process needs three, so this is enough for a few starts. */
const batch = 12;

/**
 * Real pipes for the stdio of containers. Node makes sockets for a child, and programs can't open sockets again as
 * /dev/stdout or /proc/self/fd/1. Node has no call for pipes, so these are FIFOs that lose their name once both ends
 * are open.
 */
export class Pipes {
  readonly #folder: string;
  readonly #spare: string[] = [];
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A pipe that we read. */
  output(): Pipe {
    return this.#open((path) => ({
      theirs: openSync(path, O_WRONLY),
      ours: new Socket({ fd: openSync(path, O_RDONLY | O_NONBLOCK), readable: true, writable: false }),
    }));
  }

  /** A pipe that we write. */
  input(): Pipe {
    return this.#open((path) => ({
      theirs: openSync(path, O_RDONLY),
      ours: new Socket({ fd: openSync(path, O_WRONLY | O_NONBLOCK), readable: false, writable: true }),
    }));
  }

  #open(ends: (path: string) => Pipe): Pipe {
    const path = this.#spare.pop() ?? this.#make();
    // While both directions are open, neither end waits for the other.
    const both = openSync(path, O_RDWR | O_NONBLOCK);
    const pipe = ends(path);
    closeSync(both);
    unlinkSync(path);
    return pipe;
  }

  #make(): string {
    const paths = Array.from({ length: batch }, () => `${this.#folder}/pipe-${this.#count++}`);
    execFileSync('mkfifo', ['-m', '600', ...paths]);
    this.#spare.push(...paths.slice(1));
    return paths[0] ?? '';
  }
}
