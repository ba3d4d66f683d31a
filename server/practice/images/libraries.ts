import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The absolute paths of a program's shared libraries and its dynamic linker. Empty for static programs. */
export function librariesOf(program: string): string[] {
  try {
    const listed = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
  } catch {
    // ldd fails for programs that are linked statically.
    return [];
  }
}

/** The absolute path of a program on this machine; undefined if it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  return [...(process.env['PATH'] ?? '').split(delimiter), ...folders]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
