import type { Cluster } from '../kubernetes/cluster.ts';
import type { SessionRegistry, TerminalOwner } from '../terminals/session-registry.ts';

/** Where terminals lead, where they are kept, and whose they are. */
export interface TerminalPlace {
  cluster: Cluster;
  sessions: SessionRegistry;
  owner: TerminalOwner;
}
