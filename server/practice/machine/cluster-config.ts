/** What machine/host.ts tells practice-cluster.ts, as one line of JSON. */
export interface ClusterConfig {
  tls: { key: string; cert: string };
  users: { token: string; name: string; groups: string[] }[];
  /** Of the API server on 127.0.0.1; 0 for any that is free. */
  port: number;
  /** That it says of itself, such as `v1.33.0`. */
  version: string;
  /** YAML documents to apply when it starts. */
  manifests: { file: string; text: string }[];
}

/** What practice-cluster.ts answers, once it listens. */
export interface ClusterReady {
  port: number;
  /** Objects of the manifests that were refused, with the reason. */
  refused: string[];
}

export const nodeName = 'practice';
