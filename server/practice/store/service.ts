import type { StoredObject } from './stored-object.ts';

/** core/v1 Service, as far as the practice cluster acts on it. */
export interface Service extends StoredObject {
  metadata: StoredObject['metadata'] & { namespace: string };
  spec: ServiceSpec;
}

/** A Service as a client may write it. */
export interface NewService extends StoredObject {
  spec?: ServiceSpec;
}

export interface ServiceSpec {
  type?: string;
  selector?: Record<string, string>;
  clusterIP?: string | undefined;
  clusterIPs?: string[] | undefined;
  ports?: ServicePort[];
  [field: string]: unknown;
}

export interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
  targetPort?: number | string;
  nodePort?: number;
}
