import { columnName } from './explain.ts';
import { type NamespaceKind, namespaceKinds } from './kinds.ts';
import type { Inodes, NamespaceSnapshot, SnapshotContainer } from './snapshot.ts';

/** A container then and now, or a container of one pod and one of another. */
export interface Comparison {
  title: string;
  same: NamespaceKind[];
  different: NamespaceKind[];
  /** What that means. */
  meaning: string;
}

export type SnapshotComparison =
  | { kind: 'comparable'; comparisons: Comparison[] }
  /** Inode numbers mean something on one node alone. */
  | { kind: 'incomparable'; why: string };

/** What of a snapshot is still so, in the same pod, or what another pod on its node has in common with it. */
export function compareSnapshots(before: NamespaceSnapshot, now: NamespaceSnapshot): SnapshotComparison {
  if (before.context !== now.context || before.node !== now.node) {
    const where = before.context === now.context ? `node ${before.node ?? 'none'}` : `context ${before.context}`;
    return { kind: 'incomparable', why: `It is of ${where}: inode numbers mean something on one node alone.` };
  }
  const isSamePod = before.namespace === now.namespace && before.pod === now.pod;
  return { kind: 'comparable', comparisons: isSamePod ? compareInTime(before, now) : comparePods(before, now) };
}

function compareInTime(before: NamespaceSnapshot, now: NamespaceSnapshot): Comparison[] {
  const names = new Set([...Object.keys(before.containers), ...Object.keys(now.containers)]);
  return [...names].map((name) => {
    const [then, today] = [before.containers[name], now.containers[name]];
    const title = columnName(name);
    if (then === undefined) return { title, same: [], different: [], meaning: 'It was not there.' };
    if (today === undefined)
      return { title, same: [], different: [], meaning: 'It is not there any more, or can’t be read.' };
    const { same, different } = compareInodes(then.inodes, today.inodes);
    const isSamePod = before.uid === now.uid;
    return { title, same, different, meaning: explainChange({ same, different, isSamePod, then, today }) };
  });
}

interface Change {
  same: NamespaceKind[];
  different: NamespaceKind[];
  isSamePod: boolean;
  then: SnapshotContainer;
  today: SnapshotContainer;
}

/** Of the pod, and not of the container. */
const podKinds: ReadonlySet<NamespaceKind> = new Set<NamespaceKind>(['net', 'ipc', 'uts']);

/** The kernel gives the numbers of namespaces that are gone to new ones: a new number proves a change, an old one nothing. */
function explainChange({ same, different, isSamePod, then, today }: Change): string {
  if (!isSamePod) return 'Another pod has taken its name.';
  const hasNewSandbox = different.some((kind) => podKinds.has(kind));
  const isRestarted = then.id === undefined ? different.length > 0 : then.id !== today.id;
  if (isRestarted)
    return hasNewSandbox
      ? 'The pod’s sandbox has been made anew, and it with it.'
      : 'It has been restarted; the pod’s sandbox has not.';
  if (different.length > 0) return 'It is the same container, in other namespaces than before.';
  return same.length === 0 ? 'Nothing could be read both times.' : 'It is the same: it has not been restarted.';
}

/** Pairs of containers that share something beyond the node's own. */
function comparePods(before: NamespaceSnapshot, now: NamespaceSnapshot): Comparison[] {
  return Object.entries(now.containers).flatMap(([name, today]) =>
    Object.entries(before.containers).map(([other, then]) => {
      const { same, different } = compareInodes(then.inodes, today.inodes);
      const title = `${columnName(name)} here, ${columnName(other)} of ${before.pod}`;
      return { title, same, different, meaning: explainCommon(same) };
    }),
  );
}

function explainCommon(same: NamespaceKind[]): string {
  return same.includes('net') || same.includes('pid')
    ? 'Both have the node’s own: they are not apart.'
    : 'What they share is the node’s; they are apart.';
}

function compareInodes(a: Inodes, b: Inodes): Pick<Comparison, 'same' | 'different'> {
  const both = namespaceKinds.filter((kind) => a[kind] !== undefined && b[kind] !== undefined);
  return { same: both.filter((kind) => a[kind] === b[kind]), different: both.filter((kind) => a[kind] !== b[kind]) };
}
