/** Which file imports which. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of files that all reach each other, found as Tarjan (1972) does: each file is visited once. */
export function cyclesOf(graph: Graph): string[][] {
  const search = new Search(graph);
  for (const file of graph.keys()) search.visit(file);
  return search.cycles;
}

class Search {
  readonly cycles: string[][] = [];
  readonly #graph: Graph;
  /** The place of a file in the order of the visits. */
  readonly #places = new Map<string, number>();
  /** Visited files whose group is not complete yet. */
  readonly #open: string[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Returns the earliest place of an open file that this one reaches. */
  visit(file: string): number {
    const known = this.#places.get(file);
    if (known !== undefined) return this.#open.includes(file) ? known : Number.POSITIVE_INFINITY;
    const place = this.#places.size;
    this.#places.set(file, place);
    this.#open.push(file);
    const reached = Math.min(place, ...[...this.#importsOf(file)].map((next) => this.visit(next)));
    if (reached === place) this.#close(file);
    return reached;
  }

  #close(file: string): void {
    const group = this.#open.splice(this.#open.indexOf(file));
    if (group.length > 1 || this.#importsOf(file).has(file)) this.cycles.push(group);
  }

  #importsOf(file: string): ReadonlySet<string> {
    return this.#graph.get(file) ?? new Set();
  }
}
