import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileCache, keepCompiledModules } from './compile-cache.ts';

// `npm run demo` starts a practice cluster in its own process, and the dashboard with the cluster's kubeconfig. The two
// share nothing else. `--file` goes to the cluster, every other option to the dashboard.
keepCompiledModules();
const { files, rest } = splitWords(process.argv.slice(2));
// TypeScript here, JavaScript in the released package.
const main = join(import.meta.dirname, `practice/main${extname(import.meta.filename)}`);
const practice = spawn(
  process.execPath,
  ['--no-warnings', main, ...files.flatMap((file) => ['--file', file])],
  // The cluster ends with its stdin, so it can't outlive us. It is in its own process group, because only we pass
  // Ctrl-C on.
  {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  },
);
const ended = new Promise<void>((resolve) => practice.once('exit', () => resolve()));
let isEnding = false;
practice.once('exit', (code) => {
  if (isEnding) return;
  // A cluster that failed has printed the reason.
  if (code === 0) console.error('The practice cluster has ended.');
  process.exit(code || 1);
});
const started = import('./start.ts');
const kubeconfig = await new Promise<string>((resolve) =>
  createInterface({ input: practice.stdout }).once('line', resolve),
);
console.log(`A practice cluster is up. For kubectl beside the page:\n  export KUBECONFIG=${kubeconfig}`);
const { start } = await started;
// The cluster ends with this run, so its data would be of no use to a later run.
const data = mkdtempSync(join(tmpdir(), 'ephemera-demo-'));
await start([...process.argv.slice(0, 2), '--kubeconfig', kubeconfig, '--data', data, ...rest], async () => {
  rmSync(data, { recursive: true });
  isEnding = true;
  practice.stdin.end();
  await ended;
});

function splitWords(words: string[]): { files: string[]; rest: string[] } {
  const files: string[] = [];
  const rest: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--file') files.push(words.shift() ?? '');
    else if (word.startsWith('--file=')) files.push(word.slice('--file='.length));
    else rest.push(word);
  }
  return { files, rest };
}
