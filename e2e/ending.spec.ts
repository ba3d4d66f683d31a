import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from './fixtures.ts';

test('SIGTERM to npm ends the server too, though npm’s shell does not pass it on', async ({ request }) => {
  // What is built is used: the tests of the pages have built it.
  const npm = spawn('npm', ['start', '--silent', '--ignore-scripts', '--', '--port', '0'], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: npm.stdout }).on('line', (line) => {
      const found = /http:\/\/\S+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    }),
  );
  expect((await request.get(url)).ok()).toBe(true);
  npm.kill('SIGTERM');
  await expect.poll(() => request.get(url).then(() => 'answers', String)).toContain('ECONNREFUSED');
});
