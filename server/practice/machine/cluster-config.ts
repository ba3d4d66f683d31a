/** The line of JSON that machine/host.ts sends to practice-cluster.ts. */
export interface ClusterConfig {
  tls: { key: string; cert: string };
  users: { token: string; name: string; groups: string[] }[];
  /** The API server's port on 127.0.0.1; 0 for any free port. */
  port: number;
  /** The version of Kubernetes that the API server reports, such as `v1.33.0`. */
  version: string;
  /** YAML documents to create at the start. */
  manifests: { file: string; text: string }[];
}

/** The answer of practice-cluster.ts, once it listens. */
export interface ClusterReady {
  port: number;
  /** The refused objects of the manifests, with the reasons. */
  refused: string[];
}

export const nodeName = 'practice';
