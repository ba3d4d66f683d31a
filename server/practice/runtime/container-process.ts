import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { Pipes } from './pipes.ts';
import { openPty, type PtyOptions } from './pty.ts';
import { noEnvironment, toolsFd } from './tools.ts';

export interface ExitStatus {
  /** 0–255; 128 + the signal's number where a signal ended it. */
  exitCode: number;
  signal: number | undefined;
}

/** A process in a container, with its streams as the streaming protocols have them. */
export interface ContainerProcess {
  /** undefined where the container was declared without stdin. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable;
  /** undefined with a tty: all output is on stdout. */
  readonly stderr: Readable | undefined;
  resize(columns: number, rows: number): void;
  /** After all its output has been read. */
  readonly exited: Promise<ExitStatus>;
  readonly child: ChildProcess;
}

export interface StdioOptions {
  stdin: boolean;
  tty: boolean;
}

/** How a child gets its file descriptors from 2 on, when the process is to have this standard error. */
type Layout = (standardError: number) => (number | 'pipe')[];

/**
 * For container.sh: sockets of ours (in `child.stdio`) for what unshare and nsenter say themselves, for the report and
 * for going on, then the tools, then the container's standard error.
 */
export const createLayout: Layout = (standardError) => ['pipe', 'pipe', 'pipe', toolsFd, standardError];
/** For what is started in a container that runs: its standard error, and the tools. */
export const execLayout: Layout = (standardError) => [standardError, toolsFd];

/**
 * What begins a command with a terminal, once it is in the container's pid namespace: a session of its own, which shells
 * can see there, with the terminal as the controlling one, so that Ctrl-C and the like have an effect.
 */
export const sessionWords = ['setsid', '--ctty'] as const;

export interface SpawnRequest extends StdioOptions {
  command: readonly string[];
  layout: Layout;
  /** Where a terminal comes from, with `tty`. */
  pty: PtyOptions;
}

/** Spawns a program that enters a container's namespaces. Its environment is empty: what it becomes gets one of its own. */
export function spawnInContainer(pipes: Pipes, request: SpawnRequest): ContainerProcess {
  return request.tty ? spawnWithTty(request) : spawnWithPipes(pipes, request);
}

function spawnWithTty({ command, layout, pty }: SpawnRequest): ContainerProcess {
  const { master, slave, resize } = openPty(pty);
  const [program = '', ...words] = command;
  const child = spawn(program, words, {
    env: noEnvironment,
    stdio: [slave, slave, ...layout(slave)],
  });
  closeSync(slave);
  const exited = exitOf(child, [master]).then((status) => {
    // A process that is still there in the background holds the terminal open.
    master.destroy();
    return status;
  });
  return { stdin: master, stdout: master, stderr: undefined, resize, exited, child };
}

function spawnWithPipes(pipes: Pipes, { command, layout, stdin }: SpawnRequest): ContainerProcess {
  const [program = '', ...words] = command;
  const input = stdin ? pipes.input() : undefined;
  const output = pipes.output();
  const errors = pipes.output();
  const child = spawn(program, words, {
    env: noEnvironment,
    stdio: [input?.theirs ?? 'ignore', output.theirs, ...layout(errors.theirs)],
  });
  for (const pipe of [input, output, errors]) if (pipe) closeSync(pipe.theirs);
  // The process may be gone before it has read what was sent to it.
  input?.ours.on('error', () => input.ours.destroy());
  const exited = exitOf(child, [output.ours, errors.ours]).then((status) => {
    for (const pipe of [input, output, errors]) pipe?.ours.destroy();
    return status;
  });
  return {
    stdin: input?.ours,
    stdout: output.ours,
    stderr: errors.ours,
    resize: () => {},
    exited,
    child,
  };
}

/**
 * How long to go on reading after the process has ended and its output has gone quiet: a child of it may hold the
 * stream open for ever, and the container's end must not wait for that. What the process itself wrote is in the pipe
 * by then, and read at once.
 */
const quietMs = 100;

function exitOf(child: ChildProcess, outputs: Socket[]): Promise<ExitStatus> {
  const ended = Promise.all(
    outputs.map((output) => new Promise<void>((resolve) => output.once('close', () => resolve()))),
  );
  return new Promise((resolve) => {
    child.once('error', () => resolve({ exitCode: 128, signal: undefined }));
    child.once('exit', (code, signalName) => {
      const signal = signalName === null ? undefined : constants.signals[signalName];
      const status = { exitCode: signal === undefined ? (code ?? 128) : 128 + signal, signal };
      let seen = -1;
      const timer = setInterval(() => {
        const read = outputs.reduce((sum, output) => sum + output.bytesRead, 0);
        // One that nobody reads, or not yet, may hold anything.
        const isQuiet = read === seen && outputs.every(({ readableFlowing }) => readableFlowing);
        seen = read;
        if (isQuiet) finish();
      }, quietMs);
      const finish = () => {
        clearInterval(timer);
        resolve(status);
      };
      void ended.then(finish);
    });
  });
}
