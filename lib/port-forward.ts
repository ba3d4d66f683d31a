/** A port of this machine that leads to one of a pod. */
export interface PortForward {
  id: string;
  /** The id of the caller whose forward it is. */
  owner: string;
  context: string;
  namespace: string;
  pod: string;
  /** Of the pod. */
  port: number;
  /** Where it is: an address of this machine alone, and a port there. */
  localAddress: string;
  localPort: number;
  /** Milliseconds since 1970. */
  since: number;
  /** Connections that are open now, and all that there were. */
  connections: number;
  served: number;
  /** Why the last connection that failed did. */
  problem: string | undefined;
}
