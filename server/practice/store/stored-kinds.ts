import type { Pod } from './pod.ts';
import type { Binding, Role } from './rbac-objects.ts';
import type { Service } from './service.ts';
import type { StoredObject } from './stored-object.ts';
import type { Workload } from './workload.ts';

/** A ConfigMap or Secret. Values are text; a Secret's are in base64. */
export interface KeyedData extends StoredObject {
  data?: Record<string, string>;
}

export interface ClusterNode extends StoredObject {
  status?: { [field: string]: unknown };
}

/**
 * The types of the objects that the practice cluster acts on, by their keys in the store. Admission has checked all
 * fields and filled in defaults before an object is stored, so the store may return these types.
 */
export interface StoredKinds {
  nodes: ClusterNode;
  pods: Pod;
  services: Service;
  configmaps: KeyedData;
  secrets: KeyedData;
  'deployments.apps': Workload;
  'replicasets.apps': Workload;
  'roles.rbac.authorization.k8s.io': Role;
  'clusterroles.rbac.authorization.k8s.io': Role;
  'rolebindings.rbac.authorization.k8s.io': Binding;
  'clusterrolebindings.rbac.authorization.k8s.io': Binding;
}

/** The type of an object in the store; a plain StoredObject for all other keys. */
export type ObjectOf<Key extends string> = Key extends keyof StoredKinds ? StoredKinds[Key] : StoredObject;
