import { hasCgroupNamespaces } from './cgroups.ts';
import {
  type ContainerProcess,
  execLayout,
  type StdioOptions,
  sessionWords,
  spawnInContainer,
} from './container-process.ts';
import type { Pipes } from './pipes.ts';
import { joinCommand, type Privileges, userNamespaceWords } from './privileges.ts';
import { toolCommand } from './tools.ts';

export interface ExecSpec extends StdioOptions {
  /** The pid of the container's main process. */
  pid: number;
  argv: string[];
  env: Record<string, string>;
  workingDir: string;
  privileges: Privileges;
}

/** The first file descriptor after stdio, where a process in a running container sees the tools. */
const toolsInExec = 3;

/** Starts another process in a running container, in all its namespaces. */
export function execInContainer(pipes: Pipes, spec: ExecSpec): ContainerProcess {
  const { pid, argv, env, workingDir, privileges, stdin, tty } = spec;
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const command = [
    '/usr/bin/nsenter',
    `--target=${pid}`,
    ...userNamespaceWords(privileges),
    '--mount',
    '--uts',
    '--ipc',
    '--net',
    '--pid',
    ...(hasCgroupNamespaces ? ['--cgroup'] : []),
    '--',
    ...(tty ? toolCommand(toolsInExec, ...sessionWords) : []),
    ...joinCommand(toolsInExec, privileges),
    ...toolCommand(toolsInExec, 'env', '-i', '-C', workingDir || '/', ...assignments, ...argv),
  ];
  const pty = { devpts: `/proc/${pid}/root/dev/pts`, uid: privileges.uid };
  return spawnInContainer(pipes, { command, stdin, tty, layout: execLayout, pty });
}
