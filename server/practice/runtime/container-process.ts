import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { Pipes } from './pipes.ts';
import { openPty, type PtyOptions } from './pty.ts';
import { noEnvironment, toolsFd } from './tools.ts';

export interface ExitStatus {
  /** 0–255; after a signal 128 plus the signal's number. */
  exitCode: number;
  signal: number | undefined;
}

/** A process in a container, with the streams of the streaming protocols. */
export interface ContainerProcess {
  /** undefined for a container that was declared without stdin. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable;
  /** undefined with a tty, because all output is on stdout. */
  readonly stderr: Readable | undefined;
  resize(columns: number, rows: number): void;
  /** Resolves after all output has been read. */
  readonly exited: Promise<ExitStatus>;
  readonly child: ChildProcess;
}

export interface StdioOptions {
  stdin: boolean;
  tty: boolean;
}

/** The file descriptors of a child from 2 on, for a process with this standard error. */
type Layout = (standardError: number) => (number | 'pipe')[];

/**
 * For container.sh. Three sockets (in `child.stdio`): messages of unshare and nsenter, the report, and the signal to go
 * on. Then the tools, and the container's standard error.
 */
export const createLayout: Layout = (standardError) => ['pipe', 'pipe', 'pipe', toolsFd, standardError];
/** For processes in a running container: their standard error, and the tools. */
export const execLayout: Layout = (standardError) => [standardError, toolsFd];

/**
 * The first words of a command with a terminal, inside of the container's pid namespace. They start a session that
 * shells can see there, with the terminal as the controlling one, so Ctrl-C works.
 */
export const sessionWords = ['setsid', '--ctty'] as const;

export interface SpawnRequest extends StdioOptions {
  command: readonly string[];
  layout: Layout;
  /** The terminal's source and owner, used with `tty`. */
  pty: PtyOptions;
}

/**
 * Spawns a program that enters a container's namespaces. Its environment is empty, because the container's process gets
 * its own.
 */
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
    // Background processes keep the terminal open.
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
  // The process may have ended before it has read its input.
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
 * The quiet time after a process's end before we stop reading. A child may hold the stream open for ever, and the
 * container's end must not wait for it. The process's own output is in the pipe by then, and is read at once.
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
        // An output that is not being read may still hold anything.
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
