import type { PodNetwork } from '#lib/network/pod-network.ts';
import { runningContainers } from '#lib/pods.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { usePod } from '../cluster/use-pod.ts';
import { type Answer, useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';

export interface ReadNetwork extends Answer<PodNetwork> {
  /** How fresh the pod is. */
  state: WatchState;
  /** Names of the containers that run. */
  containers: string[];
  /** The container that most likely has programs for the network. */
  suggested: string | undefined;
  /** No container of the pod runs, so none can be asked. */
  hasNoneRunning: boolean;
}

/** Reads a pod's network through one of its containers, and again when another starts. */
export function useNetwork(link: PodLink): ReadNetwork {
  const { pod, state } = usePod(link);
  // A container that starts may be the first that can be asked.
  const running = pod?.containers.filter(({ state }) => state.kind === 'running').map(({ containerId }) => containerId);
  const answer = useAnswer('network:read', running?.length ? link : undefined, { again: running?.join(' ') ?? '' });
  const containers = pod ? runningContainers(pod) : [];
  // The debugger that was added last has the tools; otherwise a container that is known to have a shell.
  const debuggers = pod?.containers.filter(({ kind }) => kind === 'ephemeral').map(({ name }) => name) ?? [];
  const suggested = containers.find((name) => debuggers.includes(name)) ?? answer.value?.readFrom;
  return { ...answer, state, containers, suggested, hasNoneRunning: running?.length === 0 };
}
