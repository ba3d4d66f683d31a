import { stringify } from 'yaml';
import { toShownManifest } from '#lib/bundle/shown-manifest.ts';
import { findFiles } from '../inspection/files/find-files.ts';
import { openFile } from '../inspection/files/open-file.ts';
import { readNodeNamespaces } from '../inspection/node/read-node.ts';
import { probePod } from '../inspection/probe.ts';
import { signalProcess } from '../inspection/process-signal.ts';
import { readEnvironment, readProcess } from '../inspection/read-process.ts';
import { getPodManifest } from '../kubernetes/pod-calls.ts';
import { ownersOfPod } from '../kubernetes/pod-owners.ts';
import { servicesOfPod } from '../kubernetes/services.ts';
import type { SocketRequests } from './socket-requests.ts';

/** What is read inside of a pod, when somebody asks. */
export function answerInspections(requests: SocketRequests): void {
  requests.answer('namespaces:probe', ({ context, ...address }, { clusters }) =>
    probePod(clusters.get(context), address),
  );
  requests.answer('process:read', ({ context, ...address }, { clusters }) =>
    readProcess(clusters.get(context), address),
  );
  requests.answer('process:environment', ({ context, ...address }, { clusters }) =>
    readEnvironment(clusters.get(context), address),
  );
  requests.answer('process:signal', async ({ context, signal, ...address }, { clusters }) => {
    await signalProcess(clusters.get(context), address, signal);
    return null;
  });
  requests.answer('node:namespaces', ({ context, ...address }, { clusters }) =>
    readNodeNamespaces(clusters.get(context), address),
  );
  requests.answer('pod:owners', ({ context, ...address }, { clusters }) => ownersOfPod(clusters.get(context), address));
  requests.answer('pod:manifest', async ({ context, ...address }, { clusters }) => ({
    yaml: stringify(toShownManifest(await getPodManifest(clusters.get(context), address))),
  }));
  requests.answer('pod:services', ({ context, ...address }, { clusters }) =>
    servicesOfPod(clusters.get(context), address),
  );
  requests.answer('file:open', ({ context, ...address }, { clusters }) => openFile(clusters.get(context), address));
  requests.answer('file:find', ({ context, text, ...address }, { clusters }) =>
    findFiles(clusters.get(context), address, text),
  );
}
