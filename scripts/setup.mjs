// Makes a fresh clone ready before another script runs: installs what the lock file says where that is not there yet,
// and with --build exports the pages where their sources have changed since. Plain JavaScript without dependencies:
// it runs on the machine's own Node (20 or newer), before the project's is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
process.chdir(root);

/** What the exported pages are made of. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const stamp = 'out/.sources';

installWhereNeeded();
if (process.argv.includes('--build')) buildWhereStale();

function installWhereNeeded() {
  const installed = 'node_modules/.ephemera-lock';
  const lock = hashOf(['package-lock.json']);
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  console.log('Installing dependencies (npm ci)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installed, lock);
}

function buildWhereStale() {
  const hash = hashOf(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('Building the pages');
  // Next rewrites tsconfig.json to its taste; ours is right.
  const tsconfig = readFileSync('tsconfig.json');
  const status = run('npm', ['run', '--silent', 'build']);
  writeFileSync('tsconfig.json', tsconfig);
  if (status === 0) writeFileSync(stamp, hash);
}

function run(command, words) {
  const { status, stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  if (status === 0) return 0;
  console.error(`${command} ${words.join(' ')} failed:\n${stdout}${stderr}`);
  process.exit(1);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesIn(path)) {
      if (!file.endsWith('.test.ts')) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesIn(join(path, entry.name)));
}
