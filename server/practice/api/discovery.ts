import { apiVersionOf, type Resource, resources } from './resources.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** Groups that answer questions about the asker, and keep nothing. */
const reviews = [
  { group: 'authorization.k8s.io', kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews' },
  { group: 'authorization.k8s.io', kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews' },
  { group: 'authentication.k8s.io', kind: 'SelfSubjectReview', plural: 'selfsubjectreviews' },
];

/** What the documents at /api and /apis and below say; undefined for other paths. */
export function discover(path: string): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups().map(toGroup) };
  if (path === '/api/v1') return resourceList('', 'v1');
  const [, group, version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (group === undefined || !groups().includes(group)) return undefined;
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...toGroup(group) };
  return version === 'v1' ? resourceList(group, version) : undefined;
}

/** The OpenAPI v3 documents, as far as clients need them to leave the checking of fields to the server. */
export function openApi(path: string): object | undefined {
  const groupVersions = new Set([
    ...resources.map((resource) => rootOf(resource)),
    ...reviews.map(({ group }) => `apis/${group}/v1`),
  ]);
  if (path === '/openapi/v3') {
    return {
      paths: Object.fromEntries([...groupVersions].map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }])),
    };
  }
  const root = path.replace(/^\/openapi\/v3\//, '');
  if (!groupVersions.has(root)) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'practice' },
    paths: Object.fromEntries(resources.filter((resource) => rootOf(resource) === root).map(pathOf)),
  };
}

function rootOf(resource: Resource): string {
  return resource.group === '' ? 'api/v1' : `apis/${apiVersionOf(resource)}`;
}

function pathOf(resource: Resource): [string, object] {
  const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const { group, version, kind } = resource;
  return [
    `/${rootOf(resource)}${scope}/${resource.plural}/{name}`,
    { patch: { parameters, 'x-kubernetes-group-version-kind': { group, version, kind } } },
  ];
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
    apiVersion: 'v1',
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
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
  };
  return [
    main,
    ...subresources.map((sub) => ({
      name: `${plural}/${sub}`,
      singularName: '',
      namespaced,
      kind,
      verbs: ['get', 'patch', 'update'],
    })),
  ];
}
