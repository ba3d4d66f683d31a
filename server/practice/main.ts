import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { startPractice } from './machine/host.ts';
import { whyNot } from './machine/machine-requirements.ts';

const demo = new URL('./workloads/demo.yaml', import.meta.url);

const options = new Command('practice')
  .description('A Kubernetes API over real Linux namespaces, on this machine alone. Prints the path of its kubeconfig.')
  .option('--file <path...>', 'YAML manifests to start instead of the demo workloads')
  .option('--port <number>', 'port of the API server', '0')
  .parse()
  .opts<{ file?: string[]; port: string }>();

const reason = whyNot();
if (reason !== undefined) {
  console.error(reason);
  process.exit(1);
}
const cluster = await startPractice({
  port: Number(options.port),
  manifests: (options.file ?? [demo]).map(readManifest),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void cluster.close());
for (const refusal of cluster.refused) console.error(`refused: ${refusal}`);
console.log(cluster.kubeconfig);
// The starting process has gone.
process.stdin.on('end', () => void cluster.close()).resume();
await cluster.ended;
process.exit(0);

function readManifest(file: string | URL) {
  try {
    return { file: String(file), text: readFileSync(file, 'utf8') };
  } catch (error) {
    console.error(
      `${file} can't be read: ${error instanceof Error ? error.message : error}. Give --file the path of a YAML file.`,
    );
    process.exit(1);
  }
}
