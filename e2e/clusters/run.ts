import { spawn } from 'node:child_process';
import { clusterFolder, down, leftovers, up } from '../kubernetes/cluster.ts';
import { isRunning } from '../kubernetes/process.ts';
import { useGivenCluster } from './given.ts';
import { practiceLeftovers, type RunningCluster, startPracticeCluster } from './practice.ts';

// Runs a command with KUBECONFIG set to a cluster with the tests' workloads, which is started for it and ended after
// it: `practice` is the product's own, `kubernetes` a real one, `given` the one that KUBECONFIG names already. A real one
// that was running before (`npm run cluster -- up`) is used as it is and left.
const [kind, command, ...words] = process.argv.slice(2);
const kinds = { practice, kubernetes, given };
if (kind === undefined || !(kind in kinds) || command === undefined) {
  console.error('usage: run.ts practice|kubernetes|given COMMAND...');
  process.exit(2);
}
const { start, leftBehind } = kinds[kind as keyof typeof kinds]();
let code = 1;
let cluster: RunningCluster | undefined;
/** Ctrl-C reaches what is started, too; the cluster is ended after it, also one that is half there. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort(signal));
try {
  cluster = await start();
  if (!interrupted.signal.aborted) code = await run(command, words, cluster.kubeconfig);
} finally {
  await cluster?.stop();
}
const left = leftBehind();
if (left.length > 0) {
  console.error(`The cluster left behind:\n${left.join('\n')}`);
  code ||= 1;
}
process.exit(code);

interface TestedCluster {
  start(): Promise<RunningCluster>;
  /** What is still there after its end. */
  leftBehind(): string[];
}

function practice(): TestedCluster {
  return { start: startPracticeCluster, leftBehind: practiceLeftovers };
}

function given(): TestedCluster {
  return { start: useGivenCluster, leftBehind: () => [] };
}

function kubernetes(): TestedCluster {
  const wasRunning = isRunning(clusterFolder, 'apiserver');
  return {
    start: async () => {
      const stop = async () => {
        if (!wasRunning) await down();
      };
      try {
        return { kubeconfig: await up(), stop };
      } catch (error) {
        await stop();
        throw error;
      }
    },
    leftBehind: () => (wasRunning ? [] : leftovers()),
  };
}

function run(program: string, rest: string[], kubeconfig: string): Promise<number> {
  const env = { ...process.env, KUBECONFIG: kubeconfig, EPHEMERA_TEST_CLUSTER: kind };
  const child = spawn(program, rest, { stdio: 'inherit', env });
  interrupted.signal.addEventListener('abort', () => child.kill(interrupted.signal.reason));
  return new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)).on('error', () => resolve(127)));
}
