import { commandOf } from '../processes/observed-process.ts';
import { type NamespaceKind, namespaceKinds } from './kinds.ts';
import { sandboxColumn } from './observation.ts';

/** A process of a node, as a probe with the node's process list sees it. */
export interface NodeProcess {
  pid: number;
  uid: number;
  name: string;
  commandLine: string;
  /** Inode numbers; a kind is missing where the kernel refused. */
  namespaces: Partial<Record<NamespaceKind, number>>;
  /** Paths in the cgroup hierarchies. */
  cgroups: string[];
  /** Folders of the kubelet's that are mounted where it mounts them in each container (`/pods/<uid>/…`). */
  kubeletFolders: string[];
}

/** What tells a pod's processes from others'. */
export interface PodOnNode {
  namespace: string;
  name: string;
  /** As the kubelet names it in cgroups and folders: its uid; of a mirror of a static pod, the hash of its file too. */
  uids: string[];
  /** `id` as in the status, without its scheme; undefined of one that was not made yet. */
  containers: { name: string; id: string | undefined }[];
}

/** A pod of which processes are in a namespace. */
export interface NamespaceHolder {
  /** Both undefined: a pod that is not among those that may be listed. */
  namespace: string | undefined;
  pod: string | undefined;
  /** As the kubelet knows it. */
  uid: string;
  /** Whose processes these are, in the pod's order; with `(sandbox)` for its pause process. */
  containers: string[];
}

/** A namespace of a node, as lsns(8) lists it. */
export interface NodeNamespace {
  kind: NamespaceKind;
  inode: number;
  /** One that the node's first process is in. */
  isOfNode: boolean;
  processes: number;
  /** The process with the lowest pid in it. */
  first: { pid: number; uid: number; command: string };
  pods: NamespaceHolder[];
  /** Processes in it that are of no pod. */
  others: number;
}

/** What a debugger of a node reads of all namespaces there. */
export interface NodeNamespaces {
  node: string;
  /** Milliseconds since 1970. */
  at: number;
  namespaces: NodeNamespace[];
  processes: number;
  /** How many more processes there are than were counted. */
  unlisted: number;
  /** Processes of which no namespace could be read. */
  unreadable: number;
  /** The container that it was read through is privileged: no other can read more. */
  isPrivileged: boolean;
  /** Why pods have no names; undefined: all were listed. */
  unnamed: string | undefined;
}

/** In paths, systemd's driver writes `_` for `-`; a static pod has 32 digits without them. */
const podInCgroup =
  /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])/;
/** As runtimes name a container, whole and in no longer word. */
const containerId = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
const podInFolder = /^\/pods\/([0-9a-f-]{36}|[0-9a-f]{32})\//;

interface Owner {
  uid: string;
  pod: PodOnNode | undefined;
  container: string | undefined;
}

/**
 * Pure. The namespaces that these processes are in, by kind and inode, and whose they are: by the container's id or the pod's
 * uid in a process's cgroup, which only the node can write; where no cgroup tells, by what the kubelet mounts into each
 * container; else by a network of the pod's own, which its pause process is in too.
 */
export function toNodeNamespaces(
  processes: readonly NodeProcess[],
  pods: readonly PodOnNode[],
): Pick<NodeNamespaces, 'namespaces' | 'processes' | 'unreadable'> {
  const owners = ownersOf(processes, pods);
  const ofNode = namespacesOfNode(processes);
  const namespaces = namespaceKinds.flatMap((kind) => {
    const members = new Map<number, [NodeProcess, ...NodeProcess[]]>();
    for (const process of processes) {
      const inode = process.namespaces[kind];
      if (inode === undefined) continue;
      const known = members.get(inode);
      if (known === undefined) members.set(inode, [process]);
      else known.push(process);
    }
    return [...members]
      .map(([inode, group]) => ({ kind, inode, isOfNode: ofNode[kind] === inode, ...summarize(group, owners) }))
      .sort((a, b) => Number(b.isOfNode) - Number(a.isOfNode) || a.first.pid - b.first.pid);
  });
  const unreadable = processes.filter((process) => Object.keys(process.namespaces).length === 0).length;
  return { namespaces, processes: processes.length, unreadable };
}

/** Those of process 1; where that may not be read, of the kernel's own first one, which is in those that the node began with. */
function namespacesOfNode(processes: readonly NodeProcess[]): NodeProcess['namespaces'] {
  const init = processes.find(({ pid }) => pid === 1)?.namespaces ?? {};
  if (Object.keys(init).length > 0) return init;
  return processes.find(({ pid, name }) => pid === 2 && name === 'kthreadd')?.namespaces ?? {};
}

/** Who is in a namespace. */
function summarize(
  members: [NodeProcess, ...NodeProcess[]],
  owners: ReadonlyMap<NodeProcess, Owner>,
): Omit<NodeNamespace, 'kind' | 'inode' | 'isOfNode'> {
  const first = members.reduce((a, b) => (b.pid < a.pid ? b : a));
  const holders = new Map<string, { owner: Owner; names: Set<string> }>();
  let others = 0;
  for (const member of members) {
    const owner = owners.get(member);
    if (owner === undefined) {
      others += 1;
      continue;
    }
    const holder = holders.get(owner.uid) ?? { owner, names: new Set() };
    holders.set(owner.uid, holder);
    holder.names.add(owner.container ?? sandboxColumn);
  }
  return {
    processes: members.length,
    first: { pid: first.pid, uid: first.uid, command: commandOf(first) },
    pods: [...holders.values()].map(toHolder).sort(byName),
    others,
  };
}

function ownersOf(processes: readonly NodeProcess[], pods: readonly PodOnNode[]): Map<NodeProcess, Owner> {
  const known = new KnownPods(pods);
  const owners = new Map<NodeProcess, Owner>();
  /** Networks that only one pod has, by inode. */
  const networks = new Map<number, Owner | undefined>();
  const ofNode = namespacesOfNode(processes);
  for (const process of processes) {
    const owner = known.ownerOf(process);
    const { net } = process.namespaces;
    if (owner === undefined) continue;
    owners.set(process, owner);
    if (net === undefined || net === ofNode.net) continue;
    const isOthers = networks.has(net) && networks.get(net)?.uid !== owner.uid;
    networks.set(net, isOthers ? undefined : owner);
  }
  for (const process of processes) {
    const { net, pid } = process.namespaces;
    const owner = net === undefined ? undefined : networks.get(net);
    // Who is there with the node's list of processes came to look, or to set it up.
    if (owner !== undefined && pid !== ofNode.pid && !owners.has(process))
      owners.set(process, { ...owner, container: undefined });
  }
  return owners;
}

/** What a node's texts say of pods. */
class KnownPods {
  readonly #byUid: ReadonlyMap<string, PodOnNode>;
  readonly #byContainer: ReadonlyMap<string, Owner>;

  constructor(pods: readonly PodOnNode[]) {
    this.#byUid = new Map(pods.flatMap((pod) => pod.uids.map((uid) => [uid, pod] as const)));
    this.#byContainer = new Map(
      pods.flatMap((pod) =>
        pod.containers.flatMap(({ name, id }) =>
          id === undefined ? [] : [[id, { uid: pod.uids[0] ?? '', pod, container: name }] as const],
        ),
      ),
    );
  }

  /** Undefined where nothing tells. */
  ownerOf({ cgroups, kubeletFolders }: NodeProcess): Owner | undefined {
    return this.#containerIn(cgroups) ?? this.#podIn(cgroups, podInCgroup) ?? this.#inFolders(kubeletFolders);
  }

  #inFolders(folders: string[]): Owner | undefined {
    const owner = this.#podIn(folders, podInFolder);
    const container = this.#containerIn(folders);
    return container?.uid === owner?.uid ? container : owner;
  }

  #containerIn(texts: string[]): Owner | undefined {
    for (const text of texts) {
      for (const [id] of text.matchAll(containerId)) {
        const owner = this.#byContainer.get(id);
        if (owner !== undefined) return owner;
      }
    }
    return undefined;
  }

  #podIn(texts: string[], pattern: RegExp): Owner | undefined {
    for (const text of texts) {
      const uid = pattern.exec(text)?.[1]?.replaceAll('_', '-');
      if (uid === undefined) continue;
      const pod = this.#byUid.get(uid);
      return { uid: pod?.uids[0] ?? uid, pod, container: undefined };
    }
    return undefined;
  }
}

function toHolder({ owner: { uid, pod }, names }: { owner: Owner; names: Set<string> }): NamespaceHolder {
  const inOrder = (pod?.containers ?? []).map(({ name }) => name).filter((name) => names.has(name));
  // Of a pod that nobody may list it is not known which of its processes is pause.
  const containers = pod === undefined ? [] : [...inOrder, ...(names.has(sandboxColumn) ? [sandboxColumn] : [])];
  return { namespace: pod?.namespace, pod: pod?.name, uid, containers };
}

function byName(a: NamespaceHolder, b: NamespaceHolder): number {
  const name = ({ namespace, pod, uid }: NamespaceHolder) => `${namespace ?? '~'}/${pod ?? uid}`;
  return name(a) < name(b) ? -1 : 1;
}
