import { spawnSync } from 'node:child_process';
import { flushCompileCache } from 'node:module';

/**
 * Keeps what was compiled so far for the next start (init.sh says where), and lets go of that folder of the host: what
 * containers do must not be able to reach code that a later start runs.
 */
export function closeModuleCache(): void {
  flushCompileCache();
  const folder = process.env['NODE_COMPILE_CACHE'] ?? '';
  delete process.env['NODE_COMPILE_CACHE'];
  // It fails where there was no folder to be mounted.
  spawnSync('umount', [folder]);
}
