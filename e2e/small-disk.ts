import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface SmallDisk extends AsyncDisposable {
  /** Where it is, for every process of this machine. */
  folder: string;
}

/**
 * A disk of so many kibibytes, as root. It is mounted in the mount namespace of one process alone, which ends with its
 * input, also when this process is killed: the kernel takes the disk away with it, and the machine never has a mount.
 */
export async function mountSmallDisk(kibibytes: number): Promise<SmallDisk> {
  const mount = `mount -t tmpfs -o size=${kibibytes}k ephemera-e2e /tmp && echo mounted && exec cat`;
  const holder = spawn('unshare', ['--mount', 'sh', '-c', mount], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  await Promise.race([
    once(createInterface({ input: holder.stdout }), 'line'),
    ended.then(() => {
      throw new Error('the small disk could not be mounted');
    }),
  ]);
  return {
    folder: `/proc/${holder.pid}/root/tmp`,
    async [Symbol.asyncDispose]() {
      holder.stdin.end();
      await ended;
    },
  };
}
