/** Any Kubernetes object in the practice cluster, with the metadata that the store itself maintains. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
  [field: string]: unknown;
}

export interface ObjectMetadata {
  name: string;
  namespace?: string;
  uid: string;
  /** A decimal number that rises with each change in the store. */
  resourceVersion: string;
  creationTimestamp: string;
  generation?: number;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  [field: string]: unknown;
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
}

/** An object from a client. Fields that the store fills in may be missing. */
export interface NewObject {
  apiVersion?: string;
  kind?: string;
  metadata?: Partial<ObjectMetadata>;
  [field: string]: unknown;
}

/** An object with its type and name, which is all that the store needs to keep it. */
export interface NamedObject extends NewObject {
  apiVersion: string;
  kind: string;
  metadata: Partial<ObjectMetadata> & { name: string };
}
