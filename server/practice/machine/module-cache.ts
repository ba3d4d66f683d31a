import { spawnSync } from 'node:child_process';
import { flushCompileCache } from 'node:module';

/**
 * Saves the modules compiled so far for the next start, and unmounts their folder (init.sh mounts it). Containers must
 * not be able to change code that a later start runs.
 */
export function closeModuleCache(): void {
  flushCompileCache();
  const folder = process.env['NODE_COMPILE_CACHE'] ?? '';
  delete process.env['NODE_COMPILE_CACHE'];
  // This fails if no folder was mounted.
  spawnSync('umount', [folder]);
}
