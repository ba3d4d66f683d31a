import { readdirSync } from 'node:fs';

/** The open folder of programs that run inside containers' roots (machine/init.sh). */
export const toolsFd = 9;

/** The environment of processes on the way into a container, which must see nothing of ours. */
export const noEnvironment = {} as NodeJS.ProcessEnv;

let linker: string | undefined;

/** A command that runs one of the tools, for a process that has the folder open as `fd`, whatever its root is. */
export function toolCommand(fd: number, tool: string, ...words: string[]): string[] {
  const folder = `/proc/self/fd/${fd}`;
  linker ??= readdirSync(`/proc/self/fd/${toolsFd}`).find((name) => name.startsWith('ld-')) ?? '';
  return [`${folder}/${linker}`, '--library-path', folder, `${folder}/${tool}`, ...words];
}
