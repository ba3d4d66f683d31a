import { spawn } from 'node:child_process';
import { clusterFolder, down, leftovers, up } from './cluster.ts';
import { isRunning } from './process.ts';

// Runs a command with KUBECONFIG set to the test cluster, which is started for it and ended after it; one that was
// running before (`npm run cluster -- up`) is used as it is and left.
const [command, ...words] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: run.ts COMMAND...');
  process.exit(2);
}
const wasRunning = isRunning(clusterFolder, 'apiserver');
let code = 1;
try {
  const kubeconfig = await up();
  code = await run(command, words, kubeconfig);
} finally {
  if (!wasRunning) await down();
}
const left = wasRunning ? [] : leftovers();
if (left.length > 0) {
  console.error(`The cluster left behind:\n${left.join('\n')}`);
  code ||= 1;
}
process.exit(code);

function run(program: string, rest: string[], kubeconfig: string): Promise<number> {
  const child = spawn(program, rest, { stdio: 'inherit', env: { ...process.env, KUBECONFIG: kubeconfig } });
  // Ctrl-C reaches the command too; the cluster is ended after it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)).on('error', () => resolve(127)));
}
