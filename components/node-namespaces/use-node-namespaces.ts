import type { DebuggerList, RunningDebugger } from '#lib/debug/running-debuggers.ts';
import type { NodeNamespaces } from '#lib/namespaces/of-node.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useRunningDebuggers } from '../cluster/use-running-debuggers.ts';
import { type Answer, useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';

export interface ReadNode extends Answer<NodeNamespaces> {
  node: string | undefined;
  isPodKnown: boolean;
  /** How fresh the pod is. */
  state: WatchState;
  debuggers: Answer<DebuggerList>;
  /** The debugger on the node that it is read through. */
  reader: RunningDebugger | undefined;
}

/** Reads all namespaces of a pod's node through a debugger that runs on the node, where there is one. */
export function useNodeNamespaces(link: PodLink): ReadNode {
  const { context } = link;
  const { last, state } = usePod(link);
  const node = last?.node;
  const debuggers = useRunningDebuggers(context);
  // The last one, because somebody may have started it with another profile to read more.
  const reader = debuggers.value?.debuggers.findLast(
    (one) => one.kind === 'node' && one.node === node && one.status === 'Running' && one.container !== undefined,
  );
  const answer = useAnswer(
    'node:namespaces',
    reader?.container === undefined
      ? undefined
      : { context, namespace: reader.namespace, pod: reader.pod, container: reader.container },
  );
  return { ...answer, node, isPodKnown: last !== undefined, state, debuggers, reader };
}
