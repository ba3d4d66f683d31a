import type { ObjectStore } from '../store/object-store.ts';
import type { Binding, PolicyRule, Subject } from '../store/rbac-objects.ts';

export interface PracticeUser {
  name: string;
  groups: string[];
}

/** The action that a request asks for, in the terms of RBAC. */
export interface Attributes {
  verb: string;
  group: string;
  plural: string;
  subresource: string | undefined;
  namespace: string | undefined;
  name: string | undefined;
}

/** The rules that role bindings give a user in a namespace; undefined: in the whole cluster. */
export function rulesFor(store: ObjectStore, user: PracticeUser, namespace: string | undefined): PolicyRule[] {
  const bindings = [
    ...store.list('clusterrolebindings.rbac.authorization.k8s.io'),
    ...(namespace === undefined ? [] : store.list('rolebindings.rbac.authorization.k8s.io', namespace)),
  ];
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

function rulesOfRole(store: ObjectStore, { roleRef: { kind, name }, metadata }: Binding): PolicyRule[] {
  const role =
    kind === 'ClusterRole'
      ? store.get({ resource: 'clusterroles.rbac.authorization.k8s.io', namespace: undefined, name })
      : store.get({ resource: 'roles.rbac.authorization.k8s.io', namespace: metadata.namespace, name });
  return role?.rules ?? [];
}
