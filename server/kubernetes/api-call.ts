import type { WorkloadKind } from '#lib/workload.ts';

/** One request to the API server, in the words in which rights are given: verb, resource, name, namespace. */
export interface ApiCall {
  verb: 'get' | 'list' | 'watch' | 'patch' | 'create' | 'delete';
  resource:
    | 'pods'
    | 'nodes'
    | 'events'
    | 'endpointslices'
    | 'cronjobs'
    | 'selfsubjectreviews'
    | 'selfsubjectaccessreviews'
    | WorkloadKind;
  subresource?: 'ephemeralcontainers' | 'attach' | 'exec' | 'log' | 'portforward';
  /** All namespaces where left out. */
  namespace?: string | undefined;
  name?: string;
  query?: Record<string, string | string[] | undefined>;
  body?: unknown;
  contentType?: string;
}

/** kubectl's own page size: the server never builds one huge answer, and we never parse one. */
export const listPageSize = 500;

const methods = { get: 'GET', list: 'GET', watch: 'GET', patch: 'PATCH', create: 'POST', delete: 'DELETE' } as const;

export function methodOf(call: ApiCall): string {
  return methods[call.verb];
}

/** Of resources that are not in the core group. */
const groups: Partial<Record<ApiCall['resource'], string>> = {
  selfsubjectreviews: 'authentication.k8s.io',
  selfsubjectaccessreviews: 'authorization.k8s.io',
  endpointslices: 'discovery.k8s.io',
  deployments: 'apps',
  statefulsets: 'apps',
  daemonsets: 'apps',
  replicasets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
};

/** '' is the core group. */
export function groupOf(call: ApiCall): string {
  return groups[call.resource] ?? '';
}

/** Each part is encoded: a name with a slash in it must not reach another path. */
export function pathOf(call: ApiCall): string {
  const group = groupOf(call);
  const parts = [group === '' ? 'api/v1' : `apis/${group}/v1`];
  if (call.namespace !== undefined) parts.push('namespaces', encodeURIComponent(call.namespace));
  parts.push(call.resource);
  if (call.name !== undefined) parts.push(encodeURIComponent(call.name));
  if (call.subresource !== undefined) parts.push(call.subresource);
  const query = toQuery(call.query ?? {});
  return `/${parts.join('/')}${query === '' ? '' : `?${query}`}`;
}

function toQuery(query: NonNullable<ApiCall['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) parameters.append(name, one);
  }
  return parameters.toString();
}

/** `pods/attach`, as it stands in a Role. */
export function resourceOf({ resource, subresource }: Pick<ApiCall, 'resource' | 'subresource'>): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

/** What the call is about, for a sentence: "pod shop/cart-7d", "pods in all namespaces". */
export function subjectOf(call: ApiCall): string {
  if (call.name !== undefined) return `${kindOf(call.resource)} ${call.namespace}/${call.name}`;
  return `${call.resource} in ${call.namespace === undefined ? 'all namespaces' : `namespace ${call.namespace}`}`;
}

/** `pods` to `Pod`. */
function kindOf(resource: ApiCall['resource']): string {
  const singular = resource.replace(/s$/, '').replace(/set$/, 'Set');
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}
