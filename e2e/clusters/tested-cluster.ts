import type { ClusterKind } from './story-cluster.ts';

const kinds: readonly string[] = ['practice', 'kubernetes', 'given'] satisfies ClusterKind[];

/** The cluster that this run is about: EPHEMERA_TEST_CLUSTER, which run.ts sets; else practice. */
export function testedCluster(): ClusterKind {
  const kind = process.env['EPHEMERA_TEST_CLUSTER'] ?? 'practice';
  if (!isKind(kind)) throw new Error(`EPHEMERA_TEST_CLUSTER is ${kind}; it can be ${kinds.join(', ')}`);
  return kind;
}

function isKind(text: string): text is ClusterKind {
  return kinds.includes(text);
}
