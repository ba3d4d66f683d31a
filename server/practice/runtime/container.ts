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
  /** A folder of its own. */
  folder: string;
  image: Image;
  namespaces: Namespaces;
  /** Beside those of the image and of every container. */
  mounts: Mount[];
  /** Name and content of files in /etc. */
  etc: Record<string, string>;
  argv: string[];
  env: Record<string, string>;
  workingDir: string;
  privileges: Privileges;
}

export type Namespaces =
  /** A new pod: net, ipc, uts and pid of its own, and this host name. */
  | { kind: 'sandbox'; hostname: string }
  /** Those of the processes named, most often a sandbox; without `pid` a pid namespace of its own. */
  | { kind: 'container'; net: number; ipc: number; uts: number; pid: number | undefined };

/** The root is there and its process waits for `start`. */
export interface CreatedContainer {
  /** Of its main process, as this machine counts. */
  pid: number;
  process: ContainerProcess;
  start(): void;
}

/** The container could not be made, or its program can't be run: in the words of runc where it has some. */
export class ContainerError extends Error {}

const script = join(import.meta.dirname, 'container.sh');
/** Where a container sees the tools: container.sh's file descriptor 5. */
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
      // Not the wrapper, which in another's pid namespace would leave the process waiting for ever.
      kill(pid);
      throw new ContainerError(missingProgram(program));
    }
    go.end('go\n');
  };
  return { pid, process, start };
}

/** In runc's words, which people look for. */
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

/** Process 1 of a pod that shares its processes gets their orphans; who ignores this signal has the kernel bury them. */
const reaping = '--ignore-signal=CHLD';

function commandOf({ folder, image, namespaces, argv, env, workingDir, privileges, tty }: ContainerSpec): string[] {
  const isSandbox = namespaces.kind === 'sandbox';
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [
    // First, for who forks stays and waits: in the node's own namespaces, as a runtime's shim does.
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
    // The linker's path is container.sh's to find: what follows it is here.
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

/** container.sh says its pid once all is made; anything else that it or the programs before it say is why it failed. */
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
