import type { WireError } from './protocol/errors.ts';

/** A thing that a pod belongs to. */
export interface OwnerLink {
  kind: string;
  name: string;
  /** What it says of itself, in words; undefined: of this kind nothing is known, or it may not be looked at. */
  state: string | undefined;
}

export interface NodeSummary {
  name: string;
  isReady: boolean;
  /** What is wrong with it, or keeps pods away; empty: nothing. */
  troubles: string[];
  /** Of its kubelet. */
  version: string;
}

/** What a pod comes from and runs on. */
export interface PodOwners {
  /** The nearest first: ReplicaSet, then Deployment. */
  owners: OwnerLink[];
  node: { kind: 'read'; node: NodeSummary } | { kind: 'denied'; error: WireError } | { kind: 'none' };
}
