import { stringify } from 'yaml';
import type { MirroredContainer } from '#lib/debug/mirror.ts';
import { mirrorContainer } from '#lib/debug/mirror.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getPodManifest } from '../kubernetes/pod-calls.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';

/** What a debugger needs to have a container's volumes, variables and user, as its person can read and change it. */
export async function mirrorForDebugger(
  cluster: Cluster,
  address: PodAddress & { container: string },
): Promise<MirroredContainer> {
  const mirror = mirrorContainer(await getPodManifest(cluster, address), address.container);
  if (mirror === undefined) throw new AppError('gone', `Pod ${address.pod} has no container ${address.container}.`);
  const { fields, leftOut } = mirror;
  const isEmpty = Object.keys(fields).length === 0;
  const comments = [
    ...(isEmpty ? [`${address.container} has no volumes, variables or user of its own.`] : []),
    ...leftOut.map((reason) => `Left out: ${reason}.`),
  ];
  return { fields, text: `${comments.map((line) => `# ${line}\n`).join('')}${isEmpty ? '' : stringify(fields)}` };
}
