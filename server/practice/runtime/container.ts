import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import type { Image, Mount } from '../images/image.ts';
import { hasCgroupNamespaces } from './cgroups.ts';
import {
  type ContainerProcess,
  createLayout,
  type StdioOptions,
  sessionWords,
  spawnInContainer,
} from './container-process.ts';
import { findExecutable } from './find-executable.ts';
import { kill } from './kill.ts';
import type { Pipes } from './pipes.ts';
import { dropCommand, type Privileges } from './privileges.ts';
import { toolCommand } from './tools.ts';

export interface ContainerSpec extends StdioOptions {
  /** The container's own folder. */
  folder: string;
  image: Image;
  namespaces: Namespaces;
  /** The mounts beside those of the image and of every container. */
  mounts: Mount[];
  /** Files in /etc, by name. */
  etc: Record<string, string>;
  argv: string[];
  env: Record<string, string>;
  workingDir: string;
  privileges: Privileges;
}

export type Namespaces =
  /** A new pod: its own net, ipc, uts and pid namespaces, and this host name. */
  | { kind: 'sandbox'; hostname: string }
  /**
   * The namespaces of these processes, most often a sandbox. Without `pid` the container gets its own pid namespace.
   */
  | { kind: 'container'; net: number; ipc: number; uts: number; pid: number | undefined };

/** A container with its root made and its process waiting for `start`. */
export interface CreatedContainer {
  /** The main process's pid in this machine. */
  pid: number;
  process: ContainerProcess;
  start(): void;
}

/** The container could not be made, or its program can't run. Uses runc's words where runc has some. */
export class ContainerError extends Error {}

const script = join(import.meta.dirname, 'container.sh');
/** File descriptor 5 of container.sh, where a container sees the tools. */
const toolsInContainer = 5;
const standardMounts: Mount[] = [
  { type: 'proc', source: 'proc', target: '/proc', options: 'nosuid,noexec,nodev' },
  { type: 'sysfs', source: 'sysfs', target: '/sys', options: 'nosuid,noexec,nodev,ro' },
  { type: 'rbind', source: '/images/dev', target: '/dev', options: 'ro,nosuid' },
  { type: 'devpts', source: 'devpts', target: '/dev/pts', options: 'newinstance,ptmxmode=0666,mode=0620' },
  { type: 'tmpfs', source: 'shm', target: '/dev/shm', options: 'nosuid,nodev,size=64m' },
];

export async function createContainer(pipes: Pipes, spec: ContainerSpec): Promise<CreatedContainer> {
  writeFolder(spec);
  const { stdin, tty, privileges } = spec;
  const process = spawnInContainer(pipes, {
    command: commandOf(spec),
    stdin,
    tty,
    layout: createLayout,
    pty: { uid: privileges.uid },
  });
  const [, , said, report, go] = process.child.stdio;
  if (!(said instanceof Duplex && report instanceof Duplex && go instanceof Duplex))
    throw new ContainerError('the container has no control sockets');
  go.on('error', () => go.destroy());
  const pid = await readPid(report, said);
  const start = () => {
    const [program = ''] = spec.argv;
    const places = { path: spec.env['PATH'] ?? '', workingDir: spec.workingDir };
    if (findExecutable(`/proc/${pid}/root`, program, places) === undefined) {
      // Killing the wrapper instead would leave the process waiting for ever in another's pid namespace.
      kill(pid);
      throw new ContainerError(missingProgram(program));
    }
    go.end('go\n');
  };
  return { pid, process, start };
}

/** The reason in runc's words, which people search for. */
export function missingProgram(program: string): string {
  const why = program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH';
  return `exec: "${program}": ${why}`;
}

function writeFolder({ folder, image, mounts, etc }: ContainerSpec): void {
  for (const name of ['fs', 'etc']) mkdirSync(join(folder, name), { recursive: true });
  const lines = [...image.mounts, ...standardMounts, ...mounts].map(({ type, source, target, options }) =>
    [type, source, target, options].join('\t'),
  );
  writeFileSync(join(folder, 'mounts'), `${lines.join('\n')}\n`);
  for (const [name, content] of Object.entries(etc)) writeFileSync(join(folder, 'etc', name), content);
}

/**
 * Process 1 of a shared process namespace inherits orphans. The kernel reaps them for a process that ignores this
 * signal.
 */
const reaping = '--ignore-signal=CHLD';

function commandOf({ folder, image, namespaces, argv, env, workingDir, privileges, tty }: ContainerSpec): string[] {
  const isSandbox = namespaces.kind === 'sandbox';
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [
    // First, because the forking process stays and waits: in the node's own namespaces, like a runtime's shim.
    ...(isSandbox || namespaces.pid === undefined
      ? ['/usr/bin/unshare', '--pid', '--fork', '--kill-child', '--']
      : ['/usr/bin/nsenter', `--pid=/proc/${namespaces.pid}/ns/pid`, '--']),
    ...(isSandbox ? [] : ['/usr/bin/nsenter', ...namespaceWords(namespaces), '--']),
    '/usr/bin/unshare',
    ...(isSandbox ? ['--net', '--ipc', '--uts'] : []),
    '--mount',
    ...(hasCgroupNamespaces ? ['--cgroup'] : []),
    '--',
    ...(tty ? sessionWords : []),
    '/bin/sh',
    script,
    folder,
    image.folder,
    ...(isSandbox ? [namespaces.hostname] : []),
    '--',
    // container.sh finds the linker's path itself, so only the words after it are passed.
    ...dropCommand(toolsInContainer, privileges).slice(3),
    ...toolCommand(
      toolsInContainer,
      'env',
      ...(isSandbox ? [reaping] : []),
      '-i',
      '-C',
      workingDir || '/',
      ...assignments,
      ...argv,
    ),
  ];
}

function namespaceWords(of: { net: number; ipc: number; uts: number }): string[] {
  return (['net', 'ipc', 'uts'] as const).map((kind) => `--${kind}=/proc/${of[kind]}/ns/${kind}`);
}

/**
 * container.sh reports its pid when everything is made. Any other output, from it or from the programs before it, is
 * the reason of a failure.
 */
function readPid(report: Duplex, said: Duplex): Promise<number> {
  return new Promise((resolve, reject) => {
    let reported = '';
    let complaint = '';
    said.setEncoding('utf8').on('data', (chunk: string) => {
      complaint += chunk;
    });
    report.setEncoding('utf8').on('data', (chunk: string) => {
      reported += chunk;
      const pid = /^(\d+)\n$/m.exec(reported)?.[1];
      if (pid !== undefined) resolve(Number(pid));
    });
    for (const socket of [report, said]) socket.on('error', () => socket.destroy());
    report.on('close', () =>
      reject(new ContainerError(`failed to create the container: ${`${complaint}${reported}`.trim()}`)),
    );
  });
}
