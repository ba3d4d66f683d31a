import type { Namespaces } from '../runtime/container.ts';
import type { Pod } from '../store/pod.ts';
import type { ContainerRecord } from './container-record.ts';
import { ConfigError } from './environment.ts';
import type { NodeContext } from './node-context.ts';

/** PID 1 of the machine, which holds the node's namespaces. */
const nodePid = 1;

/** The processes whose namespaces a container may join. */
export interface NamespaceHolders {
  node: NodeContext;
  sandboxPid: number | undefined;
  /** The pid of the target container's main process, while it runs. */
  targetPid: number | undefined;
}

/** The namespaces that a container gets by its pod's spec and its target. */
export function namespacesFor(
  { spec }: Pod,
  record: ContainerRecord,
  { node, sandboxPid: sandbox, targetPid }: NamespaceHolders,
): Namespaces {
  if (sandbox === undefined) throw new ConfigError('the pod has no sandbox');
  return {
    kind: 'container',
    net: spec.hostNetwork ? (node.network?.pid ?? sandbox) : sandbox,
    uts: spec.hostNetwork ? nodePid : sandbox,
    ipc: spec.hostIPC ? nodePid : sandbox,
    pid: spec.hostPID ? nodePid : spec.shareProcessNamespace ? sandbox : ownOrTargetPid(record, targetPid),
  };
}

/** A target matters only where containers have their own pid namespaces. */
function ownOrTargetPid({ targetName }: ContainerRecord, targetPid: number | undefined): number | undefined {
  if (targetName === undefined) return undefined;
  if (targetPid === undefined) throw new ConfigError(`unable to find target container ${targetName}: it does not run`);
  return targetPid;
}
