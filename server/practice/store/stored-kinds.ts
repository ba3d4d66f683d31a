import type { Pod } from './pod.ts';
import type { Binding, Role } from './rbac-objects.ts';
import type { Service } from './service.ts';
import type { StoredObject } from './stored-object.ts';
import type { Workload } from './workload.ts';

/** A ConfigMap or a Secret: its values are text, those of a Secret in base64. */
export interface KeyedData extends StoredObject {
  data?: Record<string, string>;
}

export interface ClusterNode extends StoredObject {
  status?: { [field: string]: unknown };
}

/**
 * The shapes that the practice cluster acts on, by their keys in the store. Admission has checked the types of all
 * fields and filled in defaults before an object is stored, so the store may give them out as these.
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

/** What the store holds under a key; a plain StoredObject for keys that nothing here looks into. */
export type ObjectOf<Key extends string> = Key extends keyof StoredKinds ? StoredKinds[Key] : StoredObject;
