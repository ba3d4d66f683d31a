import { readdirSync } from 'node:fs';

/** The folder of programs that run inside containers' roots, as this process holds it open (machine/init.sh). */
export const toolsFd = 9;

/** For what is spawned on the way into a container: nothing of ours is to be seen there. */
export const noEnvironment = {} as NodeJS.ProcessEnv;

let linker: string | undefined;

/** A command that runs one of the tools from a process that has the folder as `fd`, whatever its root is. */
export function toolCommand(fd: number, tool: string, ...words: string[]): string[] {
  const folder = `/proc/self/fd/${fd}`;
  linker ??= readdirSync(`/proc/self/fd/${toolsFd}`).find((name) => name.startsWith('ld-')) ?? '';
  return [`${folder}/${linker}`, '--library-path', folder, `${folder}/${tool}`, ...words];
}
