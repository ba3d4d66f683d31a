import type { ObjectStore } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { Attributes, PracticeUser } from './authorizer.ts';

/** rbac.authorization.k8s.io/v1 PolicyRule. */
export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  verbs?: string[];
  resourceNames?: string[];
}

interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

interface Binding extends StoredObject {
  subjects?: Subject[];
  roleRef: { kind: string; name: string };
}

/** The rules that hold for a user in a namespace (undefined: in the whole cluster), by role bindings. */
export function rulesFor(store: ObjectStore, user: PracticeUser, namespace: string | undefined): PolicyRule[] {
  const bindings = [
    ...store.list('clusterrolebindings.rbac.authorization.k8s.io'),
    ...(namespace === undefined ? [] : store.list('rolebindings.rbac.authorization.k8s.io', namespace)),
  ] as Binding[];
  return bindings
    .filter((binding) => binding.subjects?.some((subject) => isSubject(subject, user)))
    .flatMap((binding) => rulesOfRole(store, binding));
}

export function isCovered(rules: readonly PolicyRule[], attributes: Omit<Attributes, 'namespace'>): boolean {
  const { verb, group, plural, subresource, name } = attributes;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  return rules.some(
    (rule) =>
      includes(rule.verbs, verb) &&
      includes(rule.apiGroups, group) &&
      (includes(rule.resources, resource) ||
        (subresource !== undefined && includes(rule.resources, `*/${subresource}`))) &&
      (rule.resourceNames === undefined ||
        rule.resourceNames.length === 0 ||
        (name !== undefined && rule.resourceNames.includes(name))),
  );
}

function includes(values: readonly string[] | undefined, wanted: string): boolean {
  return values !== undefined && (values.includes('*') || values.includes(wanted));
}

function isSubject(subject: Subject, user: PracticeUser): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount':
      return user.name === `system:serviceaccount:${subject.namespace}:${subject.name}`;
    default:
      return false;
  }
}

function rulesOfRole(store: ObjectStore, { roleRef, metadata }: Binding): PolicyRule[] {
  const isCluster = roleRef.kind === 'ClusterRole';
  const role = store.get({
    resource: `${isCluster ? 'clusterroles' : 'roles'}.rbac.authorization.k8s.io`,
    namespace: isCluster ? undefined : metadata.namespace,
    name: roleRef.name,
  }) as (StoredObject & { rules?: PolicyRule[] }) | undefined;
  return role?.rules ?? [];
}
