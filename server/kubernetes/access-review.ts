import type { V1SelfSubjectAccessReview, V1SelfSubjectReview } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { type ApiCall, resourceOf } from './api-call.ts';
import type { Cluster } from './cluster.ts';

/** A right in a namespace, as a Role gives it. */
export type Right = Pick<ApiCall, 'verb' | 'resource' | 'subresource'>;

/** Those of these rights that the user does not have. */
export async function missingRights(cluster: Cluster, namespace: string, rights: readonly Right[]): Promise<Right[]> {
  const reviews = await Promise.all(
    rights.map((right) =>
      cluster.request<V1SelfSubjectAccessReview>({
        verb: 'create',
        resource: 'selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { namespace, ...right } },
        },
      }),
    ),
  );
  return rights.filter((_, index) => reviews[index]?.status?.allowed !== true);
}

/** Who the API server takes us for; undefined where it is too old to say. */
export async function askUserName(cluster: Cluster): Promise<string | undefined> {
  try {
    const review = await cluster.request<V1SelfSubjectReview>({
      verb: 'create',
      resource: 'selfsubjectreviews',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    });
    return review.status?.userInfo?.username;
  } catch {
    // Since 1.28; before, the name stays the administrator's to fill in.
    return undefined;
  }
}

/** A Role with these rights and the RoleBinding that gives it to the user, in YAML. */
export function toRoleAndBinding(namespace: string, user: string, rights: readonly Right[]): string {
  const verbs = Map.groupBy(rights, resourceOf);
  const metadata = { name: 'ephemera-debug', namespace };
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [...verbs].map(([resource, of]) => ({
      apiGroups: [''],
      resources: [resource],
      verbs: of.map(({ verb }) => verb),
    })),
  };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [toSubject(user)],
  };
  return `${stringify(role)}---\n${stringify(binding)}`;
}

function toSubject(user: string): object {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
  if (account !== null) return { kind: 'ServiceAccount', namespace: account[1], name: account[2] };
  return { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user };
}
