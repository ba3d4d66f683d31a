import { stringify } from 'yaml';
import { toShownManifest } from '#lib/bundle/shown-manifest.ts';
import { findFiles } from '../inspection/files/find-files.ts';
import { openFile } from '../inspection/files/open-file.ts';
import { checkConnectivity } from '../inspection/network/check-connectivity.ts';
import type { PortForwards } from '../inspection/network/port-forwards.ts';
import { readNetwork } from '../inspection/network/read-network.ts';
import { readNodeNamespaces } from '../inspection/node/read-node.ts';
import { probePod } from '../inspection/probe.ts';
import { signalProcess } from '../inspection/process-signal.ts';
import { readEnvironment, readProcess } from '../inspection/read-process.ts';
import type { ClusterRegistry } from '../kubernetes/cluster-registry.ts';
import { getPodManifest } from '../kubernetes/pod-calls.ts';
import { ownersOfPod } from '../kubernetes/pod-owners.ts';
import { servicesOfPod } from '../kubernetes/services.ts';
import type { Answerer } from './answer.ts';

/** What is read inside of a pod, when somebody asks. */
export function answerInspections(answerer: Answerer, clusters: ClusterRegistry, forwards: PortForwards): void {
  answerer.answer('namespaces:probe', ({ context, ...address }) => probePod(clusters.get(context), address));
  answerer.answer('process:read', ({ context, ...address }) => readProcess(clusters.get(context), address));
  answerer.answer('process:environment', ({ context, ...address }) => readEnvironment(clusters.get(context), address));
  answerer.answer('process:signal', async ({ context, signal, ...address }) => {
    await signalProcess(clusters.get(context), address, signal);
    return null;
  });
  answerer.answer('network:read', ({ context, ...address }) => readNetwork(clusters.get(context), address));
  answerer.answer('node:namespaces', ({ context, ...address }) => readNodeNamespaces(clusters.get(context), address));
  answerer.answer('pod:owners', ({ context, ...address }) => ownersOfPod(clusters.get(context), address));
  answerer.answer('pod:manifest', async ({ context, ...address }) => ({
    yaml: stringify(toShownManifest(await getPodManifest(clusters.get(context), address))),
  }));
  answerer.answer('pod:services', ({ context, ...address }) => servicesOfPod(clusters.get(context), address));
  answerer.answer('forward:open', ({ context, ...address }) => forwards.open(clusters.get(context), address));
  answerer.answer('forward:list', () => forwards.list());
  answerer.answer('forward:close', ({ forward }) => {
    forwards.close(forward);
    return null;
  });
  answerer.answer('network:test', ({ context, namespace, pod, container, ...wanted }) =>
    checkConnectivity(clusters.get(context), { namespace, pod, container }, wanted),
  );
  answerer.answer('file:open', ({ context, ...address }) => openFile(clusters.get(context), address));
  answerer.answer('file:find', ({ context, text, ...address }) => findFiles(clusters.get(context), address, text));
}
