import type { NamespaceMatrix } from './compare.ts';
import { columnName } from './explain.ts';
import type { NamespaceKind } from './kinds.ts';

/** Containers that share the same namespaces of some kinds. */
export interface SharedSpace {
  kinds: NamespaceKind[];
  members: string[];
}

/** A rectangle, in the units of the drawing. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface SpaceBox extends Rectangle, SharedSpace {
  /** How many boxes it is in. */
  depth: number;
}

export interface ContainerBox extends Rectangle {
  name: string;
  /** The kinds that it shares with nobody. */
  own: NamespaceKind[];
  isSandbox: boolean;
}

export interface NamespacePicture {
  width: number;
  height: number;
  spaces: SpaceBox[];
  containers: ContainerBox[];
  /** What boxes within boxes can't show: containers that share one kind across the border of another. */
  loose: SharedSpace[];
}

/** Room around what is in a box, and between boxes. */
const gap = 12;
/** A line of text with the room below it. */
const line = 22;
/** A letter at the size of a container's name, on average, and the least that a box should have. */
const letterWidth = 7.5;
const leastWidth = 110;

interface Node {
  space: SharedSpace | undefined;
  members: string[];
  children: Node[];
}

/**
 * Boxes within boxes: each namespace that containers share is drawn once around them, and what each has for itself is named in its
 * own box. Drawn from the cells of the matrix: as read, and where nothing was read as predicted.
 */
export function drawNamespaces(matrix: NamespaceMatrix): NamespacePicture {
  const names = matrix.columns.map(({ name }) => name);
  const own = new Map<string, NamespaceKind[]>(names.map((name) => [name, []]));
  const shared = new Map<string, SharedSpace>();
  for (const row of matrix.rows) {
    for (const members of groupsOf(row.cells)) {
      const [only, ...others] = members;
      if (only !== undefined && others.length === 0) own.get(only)?.push(row.kind);
      else {
        const key = members.join(' ');
        const space = shared.get(key) ?? { kinds: [], members };
        space.kinds.push(row.kind);
        shared.set(key, space);
      }
    }
  }
  const root: Node = { space: undefined, members: names, children: [] };
  const loose: SharedSpace[] = [];
  for (const space of [...shared.values()].sort((a, b) => b.members.length - a.members.length))
    if (!place(root, space)) loose.push(space);
  const picture: NamespacePicture = { width: 0, height: 0, spaces: [], containers: [], loose };
  const { width, height } = layOut(root, { own, picture }, { x: 0, y: 0, depth: 0 });
  return { ...picture, width, height };
}

type Cell = NamespaceMatrix['rows'][number]['cells'][number];

/** Columns that share; a cell that could not be read counts as the rules have it. */
function groupsOf(cells: Cell[]): string[][] {
  const groups = new Map<string, string[]>();
  // A letter of one that was read is none of those that were predicted: one predicted to share is put with one that was read.
  const readGroupOf = new Map<string, string>();
  for (const { observed, predictedGroup } of cells)
    if (observed.kind === 'read' && !readGroupOf.has(predictedGroup)) readGroupOf.set(predictedGroup, observed.group);
  for (const { column, observed, predictedGroup } of cells) {
    const group =
      observed.kind === 'read' ? observed.group : (readGroupOf.get(predictedGroup) ?? `rule ${predictedGroup}`);
    groups.set(group, [...(groups.get(group) ?? []), column]);
  }
  return [...groups.values()];
}

/** Puts it into the innermost box that holds all its members. False where it would cross the border of one. */
function place(node: Node, space: SharedSpace): boolean {
  const touched = node.children.filter(({ members }) => members.some((name) => space.members.includes(name)));
  const [only] = touched;
  if (only === undefined) {
    node.children.push({ space, members: space.members, children: [] });
    return true;
  }
  const holdsAll = space.members.every((name) => only.members.includes(name));
  return touched.length === 1 && holdsAll && place(only, space);
}

function layOut(
  { space, members, children }: Node,
  drawing: { own: ReadonlyMap<string, NamespaceKind[]>; picture: NamespacePicture },
  { x, y, depth }: { x: number; y: number; depth: number },
): { width: number; height: number } {
  const { own, picture } = drawing;
  const padding = space === undefined ? 0 : gap;
  const top = space === undefined ? 0 : line + gap / 2;
  const box: SpaceBox | undefined = space && { ...space, x, y, width: 0, height: 0, depth };
  // Before what is in it: it is drawn below.
  if (box !== undefined) picture.spaces.push(box);
  let right = x + padding;
  let bottom = y + top;
  const take = (size: { width: number; height: number }) => {
    right += size.width + gap;
    bottom = Math.max(bottom, y + top + size.height);
  };
  for (const child of children) take(layOut(child, drawing, { x: right, y: y + top, depth: depth + 1 }));
  for (const name of members) {
    if (children.some((child) => child.members.includes(name))) continue;
    const kinds = own.get(name) ?? [];
    const container = {
      name,
      own: kinds,
      isSandbox: columnName(name) !== name,
      x: right,
      y: y + top,
      width: Math.max(leastWidth, Math.max(columnName(name).length, kinds.join(', ').length) * letterWidth + 2 * gap),
      height: 2 * line + gap,
    };
    picture.containers.push(container);
    take(container);
  }
  const label = space === undefined ? 0 : space.kinds.join(', ').length * letterWidth + 2 * gap;
  const size = { width: Math.max(right - gap + padding - x, label), height: bottom + padding - y };
  if (box !== undefined) Object.assign(box, size);
  return size;
}

/** The picture in words, for who can't see it. */
export function describePicture({ spaces, containers, loose }: NamespacePicture): string {
  const sentences = [...spaces, ...loose].map(
    ({ kinds, members }) => `${members.map(columnName).join(', ')} share ${kinds.join(', ')}.`,
  );
  for (const { name, own } of containers)
    if (own.length > 0) sentences.push(`Only ${columnName(name)} has its ${own.join(', ')}.`);
  return sentences.join(' ');
}
