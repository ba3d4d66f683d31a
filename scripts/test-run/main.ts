import { clusterFolder } from '../../e2e/kubernetes/cluster.ts';
import { isRunning } from '../../e2e/kubernetes/process.ts';
import { installPackages, missingForKubernetes } from '../../e2e/kubernetes/requirements.ts';
import { plan } from './parts.ts';
import { runParts, timesLine } from './run-parts.ts';

// `npm test` and, with --all, `npm run test:all`: what the machine can run, with the times of its parts.
const isCi = process.env['CI'] === 'true';
const missing = missingForKubernetes();
if (missing !== undefined && isCi) {
  console.error(`CI runs everything: ${missing}`);
  process.exit(1);
}
if (missing === undefined) installPackages();
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
const results = await runParts(
  plan({
    isAll: process.argv.includes('--all'),
    hasKubernetes: missing === undefined,
    isKubernetesUp: isRunning(clusterFolder, 'apiserver'),
  }),
  interrupted.signal,
);
console.log('');
if (missing !== undefined)
  console.log(`Left out: everything on a real Kubernetes. ${missing} Then \`npm run test:kubernetes\` runs it.`);
console.log(timesLine(results));
process.exit(results.every(({ isOk }) => isOk) && !interrupted.signal.aborted ? 0 : 1);
