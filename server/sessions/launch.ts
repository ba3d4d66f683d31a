import { explainInvalidImage } from '#lib/image-reference.ts';
import { toDebugCommand } from '#lib/kubectl.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { DebugRequest } from '#lib/protocol/events.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { newDebuggerName } from '../kubernetes/debugger-name.ts';
import { watchedPod } from '../kubernetes/pod-watch.ts';
import { addEphemeralContainer, getPod } from '../kubernetes/pods.ts';
import { followContainer } from './follow-container.ts';
import type { SessionRegistry } from './session-registry.ts';
import type { StarterScreen, TerminalSession } from './terminal-session.ts';

/**
 * Adds a debugger to a pod and returns its terminal as soon as the API server has taken it; attaching goes on from
 * there. What can be known to be wrong is refused before anything is changed.
 */
export async function startDebugger(
  cluster: Cluster,
  registry: SessionRegistry,
  request: DebugRequest & StarterScreen,
): Promise<TerminalSession> {
  const invalid = explainInvalidImage(request.image);
  if (invalid !== undefined)
    throw new AppError('invalid', `"${request.image}" is not the name of an image. ${invalid}`);
  registry.requireRoom();
  const address = { namespace: request.namespace, pod: request.pod };
  const pod = watchedPod(cluster, address) ?? (await getPod(cluster, address));
  refuseImpossible(pod, request.target);
  const name = newDebuggerName(new Set(pod.containers.map((container) => container.name)));
  const patched = await addEphemeralContainer(cluster, address, { ...request, name });
  const session = registry.create(
    {
      kind: 'debug',
      context: request.context,
      ...address,
      container: name,
      image: request.image,
      target: request.target,
      command: toDebugCommand(request),
    },
    request,
  );
  void followContainer({ cluster, session, pod: patched, isNew: true });
  return session;
}

function refuseImpossible(pod: PodDetail, target: string | undefined): void {
  const name = `${pod.namespace}/${pod.name}`;
  if (pod.deletedAt !== undefined) {
    throw new AppError('gone', `Pod ${name} is being deleted.`, { next: 'Pick its successor, or another pod.' });
  }
  if (isFinished(pod)) {
    throw new AppError('gone', `Pod ${name} has finished (${pod.status}); nothing can be started in it any more.`, {
      next: 'Pick a running pod; the logs of this one can still be read.',
    });
  }
  if (target === undefined) return;
  const targets = pod.containers.filter((container) => container.kind === 'main' || container.kind === 'sidecar');
  if (targets.some((container) => container.name === target)) return;
  throw new AppError('invalid', `Pod ${name} has no container ${target} to target.`, {
    next: `It has ${targets.map((container) => container.name).join(', ')}.`,
  });
}
