import { type Resource, resources } from './resources.ts';

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** The resources of `kubectl get all`. */
const inAll = new Set(['pods', 'services', 'deployments', 'replicasets']);
/** Resources that answer questions about the asking user, and store nothing. */
export const reviews = [
  { group: 'authorization.k8s.io', kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews' },
  { group: 'authorization.k8s.io', kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews' },
  { group: 'authentication.k8s.io', kind: 'SelfSubjectReview', plural: 'selfsubjectreviews' },
];

/** The discovery documents at and below /api and /apis; undefined for other paths. */
export function discover(path: string): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups().map(toGroup) };
  if (path === '/api/v1') return resourceList('', 'v1');
  const [, group, version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (group === undefined || !groups().includes(group)) return undefined;
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...toGroup(group) };
  return version === 'v1' ? resourceList(group, version) : undefined;
}

function groups(): string[] {
  return [...new Set([...resources.map(({ group }) => group), ...reviews.map(({ group }) => group)])].filter(
    (group) => group !== '',
  );
}

function toGroup(name: string) {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}

function resourceList(group: string, version: string): object {
  const own = resources.filter((resource) => resource.group === group && resource.version === version);
  return {
    kind: 'APIResourceList',
    // The core group's list is older than the others and lacks the apiVersion.
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: [
      ...own.flatMap(toApiResources),
      ...reviews
        .filter((review) => review.group === group)
        .map(({ plural, kind }) => ({
          name: plural,
          singularName: kind.toLowerCase(),
          namespaced: false,
          kind,
          verbs: ['create'],
        })),
    ],
  };
}

function toApiResources(resource: Resource): object[] {
  const { plural, singular, kind, namespaced, shortNames, subresources } = resource;
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: plural === 'namespaces' ? allVerbs.filter((verb) => verb !== 'deletecollection') : allVerbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(inAll.has(plural) ? { categories: ['all'] } : {}),
  };
  return [
    main,
    ...subresources.map((sub) => ({
      name: `${plural}/${sub}`,
      singularName: '',
      namespaced,
      ...subresourceKind(sub, kind),
    })),
  ];
}

/** A subresource may have another kind than its resource. */
function subresourceKind(sub: string, kind: string): object {
  switch (sub) {
    case 'scale':
      return { group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] };
    case 'token':
      return { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest', verbs: ['create'] };
    case 'exec':
      return { kind: 'PodExecOptions', verbs: ['create', 'get'] };
    case 'attach':
      return { kind: 'PodAttachOptions', verbs: ['create', 'get'] };
    case 'portforward':
      return { kind: 'PodPortForwardOptions', verbs: ['create', 'get'] };
    case 'log':
      return { kind, verbs: ['get'] };
    default:
      return { kind, verbs: ['get', 'patch', 'update'] };
  }
}
