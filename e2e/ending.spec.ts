import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from './fixtures.ts';
import { onPractice } from './where.ts';

test('SIGTERM to npm ends the server too, though npm’s shell does not pass it on', onPractice, async ({ request }) => {
  const data = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
  // The pages are built already, and so `--ignore-scripts` leaves out the build. A process group of its own can be ended as a whole.
  const npm = spawn('npm', ['start', '--silent', '--ignore-scripts', '--', '--port', '0', '--data', data], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    const url = await new Promise<string>((resolve) =>
      createInterface({ input: npm.stdout }).on('line', (line) => {
        const found = /http:\/\/\S+/.exec(line)?.[0];
        if (found !== undefined) resolve(found);
      }),
    );
    expect((await request.get(url)).ok()).toBe(true);
    npm.kill('SIGTERM');
    await expect.poll(() => request.get(url).then(() => 'answers', String)).toContain('ECONNREFUSED');
  } finally {
    endGroup(npm.pid);
    rmSync(data, { recursive: true });
  }
});

/** Ends whatever is left of a process group. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // As it should be: none of them is left.
  }
}
