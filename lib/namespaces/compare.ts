import type { PodDetail } from '../pods.ts';
import { type NamespaceKind, namespaceKinds } from './kinds.ts';
import { type NamespaceObservation, type ObservationSource, sandboxColumn } from './observation.ts';
import {
  type NamespaceOwner,
  type PredictedNamespaces,
  type Prediction,
  predictNamespaces,
  predictSandbox,
} from './predict.ts';

/** One cell: what the rules say, what was read, and the letters of the groups that each puts the container in. */
export interface NamespaceCell {
  column: string;
  predicted: Prediction;
  predictedGroup: string;
  observed:
    | { kind: 'read'; inode: number; group: string }
    | { kind: 'unread'; why: string; next: string }
    | { kind: 'pending' };
}

export interface NamespaceRow {
  kind: NamespaceKind;
  cells: NamespaceCell[];
  /** Pairs of containers whose sharing, as read, contradicts a certain prediction. */
  surprises: [string, string][];
}

export interface NamespaceMatrix {
  columns: { name: string; source: ObservationSource | undefined }[];
  rows: NamespaceRow[];
}

type ComparedPod = Pick<PodDetail, 'settings' | 'containers'>;

/** Containers that have namespaces now: a finished one has none. */
function columnsOf(pod: ComparedPod): { name: string; target: string | undefined }[] {
  return pod.containers.filter((container) => container.state.kind !== 'terminated');
}

/** Lines predictions and inodes up by kind and container. `observation` is undefined until the first probe. */
export function compareNamespaces(pod: ComparedPod, observation: NamespaceObservation | undefined): NamespaceMatrix {
  const predicted = new Map<string, PredictedNamespaces>();
  for (const container of columnsOf(pod)) predicted.set(container.name, predictNamespaces(pod.settings, container));
  if (observation?.containers[sandboxColumn]) predicted.set(sandboxColumn, predictSandbox(pod.settings));
  return {
    columns: [...predicted.keys()].map((name) => ({ name, source: observation?.containers[name]?.source })),
    rows: namespaceKinds.map((kind) => compareKind(kind, predicted, observation)),
  };
}

function compareKind(
  kind: NamespaceKind,
  predicted: Map<string, PredictedNamespaces>,
  observation: NamespaceObservation | undefined,
): NamespaceRow {
  const predictedLetter = letterer<NamespaceOwner>();
  const observedLetter = letterer<number>();
  const cells = [...predicted].map(([column, predictions]): NamespaceCell => {
    const prediction = predictions[kind];
    return {
      column,
      predicted: prediction,
      predictedGroup: predictedLetter(prediction.owner),
      observed: observe(observation?.containers[column], kind, observedLetter),
    };
  });
  return { kind, cells, surprises: findSurprises(cells) };
}

function observe(
  container: NamespaceObservation['containers'][string] | undefined,
  kind: NamespaceKind,
  letter: (inode: number) => string,
): NamespaceCell['observed'] {
  if (container === undefined) return { kind: 'pending' };
  const inode = container.namespaces[kind];
  if (inode !== undefined) return { kind: 'read', inode, group: letter(inode) };
  if (container.source.kind === 'unreadable')
    return { kind: 'unread', why: container.source.why, next: container.source.next };
  return { kind: 'unread', ...unreadKind(kind) };
}

function unreadKind(kind: NamespaceKind): { why: string; next: string } {
  return {
    why: `The kernel did not show this process’s ${kind} namespace: another user’s process needs SYS_PTRACE, and old kernels lack cgroup and time.`,
    next: 'Start a debugger with profile general and this container as its target.',
  };
}

/** Gives equal keys equal letters, A first. */
function letterer<K>(): (key: K) => string {
  const letters = new Map<K, string>();
  return (key) => {
    const known = letters.get(key);
    if (known !== undefined) return known;
    // After Z come A2, B2, …: a pod with more than 26 containers is rare, but not an error.
    const index = letters.size;
    const round = Math.floor(index / 26);
    const letter = String.fromCharCode(65 + (index % 26)) + (round === 0 ? '' : String(round + 1));
    letters.set(key, letter);
    return letter;
  };
}

function findSurprises(cells: NamespaceCell[]): [string, string][] {
  const surprises: [string, string][] = [];
  for (const [index, a] of cells.entries()) {
    for (const b of cells.slice(index + 1)) {
      if (a.observed.kind !== 'read' || b.observed.kind !== 'read') continue;
      if (!a.predicted.certain || !b.predicted.certain) continue;
      const shouldShare = a.predicted.owner === b.predicted.owner;
      if (shouldShare !== (a.observed.inode === b.observed.inode)) surprises.push([a.column, b.column]);
    }
  }
  return surprises;
}
