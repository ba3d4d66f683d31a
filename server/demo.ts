import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// `npm run demo`: a practice cluster in a process of its own, and the dashboard with its kubeconfig. They know nothing
// else of each other. What is for the cluster (--file) goes to it, everything else to the dashboard.
const words = process.argv.slice(2);
const files: string[] = [];
while (words[0] === '--file' || words[0]?.startsWith('--file=')) {
  const [word = '', next] = words.splice(0, words[0] === '--file' ? 2 : 1);
  files.push(word.includes('=') ? word.slice('--file='.length) : (next ?? ''));
}
const practice = spawn(
  process.execPath,
  ['--no-warnings', join(import.meta.dirname, 'practice/main.ts'), ...files.flatMap((file) => ['--file', file])],
  // It ends with its stdin, so it can't outlive us. A group of its own: Ctrl-C is for us to pass on.
  { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
);
practice.once('exit', (code) => process.exit(code ?? 1));
const kubeconfig = await new Promise<string>((resolve) =>
  createInterface({ input: practice.stdout }).once('line', resolve),
);
console.log(`The practice cluster is up. For kubectl beside the page:\n  export KUBECONFIG=${kubeconfig}`);
process.argv = [...process.argv.slice(0, 2), '--kubeconfig', kubeconfig, ...words];
await import('./main.ts');
