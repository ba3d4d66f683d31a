import { randomBytes } from 'node:crypto';
import { type ContainerSpec, createContainer } from './container.ts';
import { ContainerIo } from './container-io.ts';
import type { ExitStatus } from './container-process.ts';
import { LogWriter } from './log-writer.ts';
import type { Pipes } from './pipes.ts';

const killSignal = 9;

export interface NewContainer {
  id: string;
  spec: ContainerSpec;
  logPath: string;
  /** Called between creation and start: the root exists, and the container's process has not begun. */
  onCreated(): void;
}

/** A container from its start to its end. */
export class RunningContainer {
  /** 64 hexadecimal digits, as runtimes name containers. */
  readonly id: string;
  readonly spec: ContainerSpec;
  /** The main process's pid in this machine. */
  readonly pid: number;
  readonly io: ContainerIo;
  readonly startedAt = new Date();
  readonly exited: Promise<ExitStatus>;
  #isKilled = false;
  #isOver = false;

  private constructor({ id, spec }: NewContainer, pid: number, io: ContainerIo) {
    this.id = id;
    this.spec = spec;
    this.pid = pid;
    this.io = io;
    this.exited = io.process.exited.then((status) => {
      this.#isOver = true;
      io.end();
      // unshare up to 2.38 reports a KILL of its child as its own failure.
      return this.#isKilled && status.exitCode === 1 ? { exitCode: 128 + killSignal, signal: killSignal } : status;
    });
  }

  static newId(): string {
    return randomBytes(32).toString('hex');
  }

  static async start(pipes: Pipes, wanted: NewContainer): Promise<RunningContainer> {
    const { pid, process, start } = await createContainer(pipes, wanted.spec);
    const io = new ContainerIo(process, new LogWriter(wanted.logPath));
    const container = new RunningContainer(wanted, pid, io);
    wanted.onCreated();
    try {
      start();
    } catch (error) {
      io.end();
      throw error;
    }
    return container;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#isOver) return;
    if (signal === 'SIGKILL') this.#isKilled = true;
    try {
      process.kill(this.pid, signal);
    } catch {
      // The process has just ended.
    }
  }

  /** Sends TERM, and KILL if the process outlives the grace period. */
  async stop(graceMs: number): Promise<void> {
    if (graceMs > 0) this.kill('SIGTERM');
    else this.kill('SIGKILL');
    const timer = setTimeout(() => this.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(timer);
  }
}
