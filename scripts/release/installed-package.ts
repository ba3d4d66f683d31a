import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RunningCommand } from './running-command.ts';

/** Ended processes leave the kernel's lists within this, even on a busy machine. */
const leaveMs = 5_000;
const pollMs = 100;

/** The released package, installed into an empty folder as a stranger would. */
export class InstalledPackage {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  get #home(): string {
    return join(this.folder, 'home');
  }

  static install(tarball: string): InstalledPackage {
    const folder = mkdtempSync(join(tmpdir(), 'ephemera-release-'));
    // Temporary files are where every user of the machine may pass, as in /tmp. Others can't pass into the installation,
    // as in root's home folder.
    chmodSync(folder, 0o711);
    mkdirSync(join(folder, 'tmp'));
    mkdirSync(join(folder, 'home'), { mode: 0o700 });
    const installed = new InstalledPackage(folder);
    try {
      const words = ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball];
      execFileSync('npm', words, {
        cwd: installed.#home,
        env: installed.#env(),
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    } catch (error) {
      installed[Symbol.dispose]();
      throw error;
    }
    return installed;
  }

  start(...words: string[]): RunningCommand {
    const command = join(this.#home, 'node_modules/.bin/ephemera');
    const all = [...words, '--port', '0', '--data', join(this.#home, 'data')];
    return new RunningCommand(command, all, { cwd: this.#home, env: this.#env() });
  }

  /** Rejects while a process, a mount or a temporary file of the package is there after all its programs have ended. */
  async expectNothingLeft(): Promise<void> {
    const end = Date.now() + leaveMs;
    for (let left = this.#left(); left.length > 0; left = this.#left()) {
      if (Date.now() > end) throw new Error(`The package left behind:\n  ${left.join('\n  ')}`);
      await delay(pollMs);
    }
  }

  #left(): string[] {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    return [
      ...readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandLine(name).includes(this.folder)),
      ...mounts.filter((mount) => mount.includes(this.folder)),
      ...readdirSync(join(this.folder, 'tmp')),
    ];
  }

  /** What a stranger's shell has: the machine's own Node and npm, and nothing that `npm run` adds. */
  #env(): NodeJS.ProcessEnv {
    const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.endsWith('node_modules/.bin'));
    const env: NodeJS.ProcessEnv = { ...process.env, PATH: path.join(':'), TMPDIR: join(this.folder, 'tmp') };
    for (const name of Object.keys(env)) if (/^npm_/i.test(name) || name === 'NODE') delete env[name];
    return env;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended since the folder was read.
    return '';
  }
}
