import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

/** What a program of this machine prints. Asynchronous, because servers of stories run in this process. */
export async function printed(program: string, ...words: string[]): Promise<string> {
  return (await promisify(execFile)(program, words)).stdout;
}

/** The process ids of this machine. */
export function allPids(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** A process of a container on this machine, found by the id in its cgroup, and its process namespace. */
export function processOf(containerId: string): { pid: string; pidNamespace: string } {
  for (const pid of allPids()) {
    try {
      if (!readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(containerId)) continue;
      return { pid, pidNamespace: readlinkSync(`/proc/${pid}/ns/pid`).replace(/\D/g, '') };
    } catch {
      // It has ended since the folder was read.
    }
  }
  throw new Error(`no process of container ${containerId} on this machine`);
}
