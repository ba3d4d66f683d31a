import { explainInvalidCustom } from '#lib/debug/custom-container.ts';
import { toEphemeralContainer } from '#lib/debug/debug-container.ts';
import { nodeDebuggerContainer, toNodePod } from '#lib/debug/node-debugger.ts';
import { hasDebugger, toPodCopy } from '#lib/debug/pod-copy.ts';
import type { DebugRequest, DebugRequestOf } from '#lib/debug/request.ts';
import { imagesOf } from '#lib/debug/request.ts';
import { explainInvalidImage } from '#lib/image-reference.ts';
import type { JsonObject } from '#lib/json.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { newDebuggerName, newNodeDebuggerName } from '../kubernetes/debugger-name.ts';
import {
  addEphemeralContainer,
  createPod,
  getPod,
  getPodManifest,
  type WriteMode,
  type WrittenPod,
} from '../kubernetes/pod-calls.ts';
import { type PodAddress, watchedPod } from '../kubernetes/pod-watch.ts';

/** What a request comes to, ready to be sent. */
export interface PreparedDebugger {
  /** The pod that the debugger is in once it is sent. */
  address: PodAddress;
  /** Undefined: there is nothing to attach to. */
  container: string | undefined;
  /** What is sent: the container that is added, or the pod that is made (core/v1). */
  manifest: JsonObject;
  /** Chosen here, and another each time. */
  ownName: string;
  send(mode: WriteMode): Promise<WrittenPod>;
}

/** Rejects where it can be known that a request is wrong, or that its pod can't have such a debugger. */
export async function prepareDebugger(cluster: Cluster, request: DebugRequest): Promise<PreparedDebugger> {
  refuseInvalid(request);
  switch (request.kind) {
    case 'ephemeral':
      return prepareEphemeral(cluster, request);
    case 'copy':
      return prepareCopy(cluster, request);
    case 'node':
      return prepareNode(cluster, request);
  }
}

function refuseInvalid(request: DebugRequest): void {
  for (const image of imagesOf(request)) {
    const invalid = explainInvalidImage(image);
    if (invalid !== undefined) throw new AppError('invalid', `"${image}" is not the name of an image. ${invalid}`);
  }
  if (request.custom === undefined) return;
  const invalid = explainInvalidCustom(request.custom, request.kind === 'ephemeral');
  if (invalid !== undefined) throw new AppError('invalid', `The container can’t be changed like this. ${invalid}`);
}

async function prepareEphemeral(cluster: Cluster, request: DebugRequestOf<'ephemeral'>): Promise<PreparedDebugger> {
  const address = { namespace: request.namespace, pod: request.pod };
  const pod = watchedPod(cluster, address) ?? (await getPod(cluster, address));
  refuseImpossible(pod, request.target);
  const name = newDebuggerName(new Set(pod.containers.map((container) => container.name)));
  const container = toEphemeralContainer(name, request);
  return {
    address,
    container: name,
    ownName: name,
    manifest: container,
    send: (mode) => addEphemeralContainer(cluster, address, container, mode),
  };
}

async function prepareCopy(cluster: Cluster, request: DebugRequestOf<'copy'>): Promise<PreparedDebugger> {
  const { namespace, pod, container: changed, copyName } = request;
  if (!hasDebugger(request) && Object.keys(request.setImages ?? {}).length === 0) {
    throw new AppError('invalid', 'Nothing would be different in this copy.', {
      next: 'Give the debugger an image, or other images to the containers.',
    });
  }
  const original = await getPodManifest(cluster, { namespace, pod });
  const name = newDebuggerName(containerNames(original));
  if (changed !== undefined) refuseUnknown(original, [changed]);
  refuseUnknown(
    original,
    Object.keys(request.setImages ?? {}).filter((one) => one !== '*'),
  );
  const copy = toPodCopy(original, name, request);
  return {
    address: { namespace, pod: copyName },
    container: copy.container,
    ownName: name,
    manifest: copy.pod,
    send: (mode) => createPod(cluster, namespace, copy.pod, mode),
  };
}

async function prepareNode(cluster: Cluster, request: DebugRequestOf<'node'>): Promise<PreparedDebugger> {
  const { namespace } = request;
  const name = newNodeDebuggerName(request.node);
  const manifest = toNodePod(name, request);
  return {
    address: { namespace, pod: name },
    container: nodeDebuggerContainer,
    ownName: name,
    manifest,
    send: (mode) => createPod(cluster, namespace, manifest, mode),
  };
}

interface Manifest {
  metadata?: { name?: string };
  spec?: { containers?: { name: string }[]; initContainers?: { name: string }[] };
}

function containerNames({ spec }: Manifest): Set<string> {
  return new Set([...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ name }) => name));
}

function refuseUnknown({ metadata, spec }: Manifest, names: string[]): void {
  const known = (spec?.containers ?? []).map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new AppError('invalid', `Pod ${metadata?.name} has no container ${unknown}.`, {
    next: `It has ${known.join(', ')}.`,
  });
}

function refuseImpossible(pod: PodDetail, target: string | undefined): void {
  const name = `${pod.namespace}/${pod.name}`;
  if (pod.deletedAt !== undefined) {
    throw new AppError('gone', `Pod ${name} is being deleted.`, { next: 'Pick its successor, or another pod.' });
  }
  if (isFinished(pod)) {
    throw new AppError('gone', `Pod ${name} has finished (${pod.status}); nothing can be started in it any more.`, {
      next: 'Debug a copy of it, or pick a running pod.',
    });
  }
  if (target === undefined) return;
  const targets = pod.containers.filter((container) => container.kind === 'main' || container.kind === 'sidecar');
  if (targets.some((container) => container.name === target)) return;
  throw new AppError('invalid', `Pod ${name} has no container ${target} to target.`, {
    next: `It has ${targets.map((container) => container.name).join(', ')}.`,
  });
}
