import type { StoredObject } from './stored-object.ts';

/** rbac.authorization.k8s.io/v1 PolicyRule. */
export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  verbs?: string[];
  resourceNames?: string[];
}

export interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface Binding extends StoredObject {
  subjects?: Subject[];
  roleRef: { kind: string; name: string };
}

/** A Role or ClusterRole. */
export interface Role extends StoredObject {
  rules?: PolicyRule[];
}
