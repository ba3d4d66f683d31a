/** What the practice cluster keeps: any Kubernetes object, with the metadata that the store itself looks after. */
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
  /** A decimal number that rises with each change in the whole store. */
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

/** An object as a client sends it: what the store fills in may be missing. */
export interface NewObject {
  apiVersion?: string;
  kind?: string;
  metadata?: Partial<ObjectMetadata>;
  [field: string]: unknown;
}

/** An object that says what it is and how it is named: all that the store needs to keep it. */
export interface NamedObject extends NewObject {
  apiVersion: string;
  kind: string;
  metadata: Partial<ObjectMetadata> & { name: string };
}
