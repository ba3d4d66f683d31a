import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, ParityClient } from './client.ts';

export interface Question {
  what: string;
  ask(client: ParityClient, names: Names): Promise<Answer>;
}

/** What is called differently in each cluster. */
export interface Names {
  web: string;
}

const shop = '/api/v1/namespaces/shop';
const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
const strategic = { 'content-type': 'application/strategic-merge-patch+json' };
const merge = { 'content-type': 'application/merge-patch+json' };
const jsonPatch = { 'content-type': 'application/json-patch+json' };

const get = (what: string, path: string, headers: Record<string, string> = {}): Question => ({
  what,
  ask: (client) => client.ask(path, { headers }),
});

const container = { name: 'main', image: 'busybox:1.36' };
const pod = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'asked', ...metadata },
  spec: { containers: [container], ...spec },
});

const create = (what: string, body: unknown, namespace = 'shop', query = ''): Question => ({
  what: `create, dry run: ${what}`,
  ask: (client) => client.ask(`/api/v1/namespaces/${namespace}/pods?dryRun=All${query}`, { method: 'POST', body }),
});

const patch = (
  what: string,
  body: unknown,
  { headers = strategic, sub = '/ephemeralcontainers', name = 'nginx', user = 'admin' } = {},
): Question => ({
  what: `patch, dry run: ${what}`,
  ask: (client) => client.ask(`${shop}/pods/${name}${sub}?dryRun=All`, { method: 'PATCH', headers, body, user }),
});

const ephemeral = (...containers: object[]) => ({ spec: { ephemeralContainers: containers } });

const stream = (what: string, pathOf: (names: Names) => string, stdin?: string, user?: string): Question => ({
  what,
  ask: (client, names) => client.stream(`${shop}/pods/${pathOf(names)}`, stdin, user),
});

const exec = (name: string, command: string[], extra = '') =>
  `${name}/exec?${command.map((word) => `command=${encodeURIComponent(word)}`).join('&')}&stdout=true&stderr=true${extra}`;

/** Starts a debugger and gives the pod once it runs. */
const startDebugger: Question = {
  what: 'a pod with a debugger that runs',
  async ask(client) {
    const body = ephemeral({
      name: 'asked',
      image: 'busybox:1.36',
      stdin: true,
      tty: true,
      targetContainerName: 'nginx',
    });
    const patched = await client.ask(`${shop}/pods/nginx/ephemeralcontainers`, {
      method: 'PATCH',
      headers: strategic,
      body,
    });
    if (patched.status !== 200) return patched;
    for (;;) {
      const pod = await client.ask(`${shop}/pods/nginx`);
      if (/"running":\{[^}]*\},?[^{]*"name":"asked"|"name":"asked"[^[]*"running"/.test(JSON.stringify(pod.body)))
        return pod;
      await delay(100);
    }
  },
};

export const questions: Question[] = [
  get('list of kinds', '/api/v1'),
  get('list of kinds in apps/v1', '/apis/apps/v1'),
  get('a Deployment', '/apis/apps/v1/namespaces/shop/deployments/py-serv'),
  get('ReplicaSets', '/apis/apps/v1/namespaces/shop/replicasets?labelSelector=app%3Dpy-serv'),
  get('its scale', '/apis/apps/v1/namespaces/shop/deployments/py-serv/scale'),
  get('a NodePort Service', `${shop}/services/py-serv`),
  get(
    'EndpointSlices',
    '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dpy-serv',
  ),
  get('a Namespace', '/api/v1/namespaces/secure'),
  get('a pod that shares processes', `${shop}/pods/nginx`),
  get('a finished pod', `${shop}/pods/finished`),
  get('a pod that can’t be scheduled', `${shop}/pods/unschedulable`),
  get('a pod in a restricted namespace', '/api/v1/namespaces/secure/pods/vault'),
  get('table of pods', `${shop}/pods?fieldSelector=metadata.name%3Dnginx`, table),
  get('table of Deployments', '/apis/apps/v1/namespaces/shop/deployments?fieldSelector=metadata.name%3Dpy-serv', table),
  get('table of Services', `${shop}/services?fieldSelector=metadata.name%3Dpy-serv`, table),
  get(
    'table of EndpointSlices',
    '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dpy-serv',
    table,
  ),
  get('table of Namespaces', '/api/v1/namespaces/shop', table),
  get('table of ServiceAccounts', `${shop}/serviceaccounts/default`, table),
  get('events of a pod', `${shop}/events?fieldSelector=involvedObject.name%3Dfinished`),
  get(
    'events of a pod that can’t be scheduled',
    `${shop}/events?fieldSelector=involvedObject.name%3Dunschedulable,source%3Ddefault-scheduler`,
  ),
  get('a page of a list', `${shop}/pods?limit=1&fieldSelector=metadata.name%3Dnginx`),
  get('a selector that is none', `${shop}/pods?labelSelector=app%3D(`),
  get('a field selector that is not supported', `${shop}/pods?fieldSelector=spec.none%3Dx`),
  get('a field selector by phase', `${shop}/pods?fieldSelector=status.phase%3DSucceeded`),
  get('a pod that is not there', `${shop}/pods/none`),
  get('a kind that is not there', `${shop}/none`),
  get('a group that is not there', '/apis/none/v1/things'),
  get('a continue token that is none', `${shop}/pods?limit=1&continue=x`),
  get(
    'a watch’s first events',
    `${shop}/pods?watch=true&fieldSelector=metadata.name%3Dnginx&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
  ),
  get('log of a finished pod', `${shop}/pods/finished/log`),
  get('log of a pod that restarted, before', `${shop}/pods/recovered/log?previous=true`),
  get('a pod that restarted', `${shop}/pods/recovered`),
  get('log of a pod that waits for its image', `${shop}/pods/unpullable/log`),
  get('log of a pod without a node', `${shop}/pods/unschedulable/log`),
  get('log of a pod with several containers', `${shop}/pods/nginx/log`),
  get('log of a container that is not there', `${shop}/pods/nginx/log?container=none`),
  get('log of a pod that is not there', `${shop}/pods/none/log`),
  {
    what: 'method that is not allowed',
    ask: (client) => client.ask(`${shop}/pods/nginx`, { method: 'POST', body: {} }),
  },
  { what: 'a body that is not JSON', ask: (client) => client.ask(`${shop}/pods`, { method: 'POST', body: '{' }) },
  { what: 'without a token', ask: (client) => client.ask(`${shop}/pods`, { user: 'nobody-at-all' }) },
  { what: 'delete what is not there', ask: (client) => client.ask(`${shop}/pods/none`, { method: 'DELETE' }) },
  {
    what: 'delete, dry run',
    ask: (client) => client.ask(`${shop}/configmaps/kube-root-ca.crt-none?dryRun=All`, { method: 'DELETE' }),
  },
  create('the least', pod({})),
  create(
    'with a probe, ports and variables',
    pod({
      containers: [
        {
          ...container,
          ports: [{ containerPort: 80 }],
          env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
          readinessProbe: { httpGet: { port: 80 } },
        },
      ],
    }),
  ),
  create(
    'with volumes',
    pod({
      volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', configMap: { name: 'x' } }, { name: 'c' }],
      containers: [{ ...container, volumeMounts: [{ name: 'a', mountPath: '/a' }] }],
    }),
  ),
  create('with limits', pod({ containers: [{ ...container, resources: { limits: { cpu: '1', memory: '1Gi' } } }] })),
  create('without containers', pod({ containers: [] })),
  create('without an image', pod({ containers: [{ name: 'main' }] })),
  create('with a bad name', pod({}, { name: 'Bad_Name' })),
  create('with a bad container name', pod({ containers: [{ ...container, name: 'Bad_Name' }] })),
  create('with one name twice', pod({ containers: [container, container] })),
  create(
    'with a mount of no volume',
    pod({ containers: [{ ...container, volumeMounts: [{ name: 'none', mountPath: '/x' }] }] }),
  ),
  create('with a bad restartPolicy', pod({ restartPolicy: 'Sometimes' })),
  create('with a bad pull policy', pod({ containers: [{ ...container, imagePullPolicy: 'Perhaps' }] })),
  create('with a bad label', pod({}, { labels: { a: 'b c' } })),
  create('with ephemeral containers', pod({ ephemeralContainers: [{ name: 'd', image: 'busybox' }] })),
  create('with a wrong type', pod({ containers: 'none' })),
  create('with another wrong type', pod({ terminationGracePeriodSeconds: 'long' })),
  create('with an unknown field, strictly', pod({ colour: 'green' }), 'shop', '&fieldValidation=Strict'),
  create('without a name', pod({}, { name: undefined })),
  create('of another kind', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }),
  create('in another namespace than the path’s', pod({}, { namespace: 'other' })),
  create('in no namespace', pod({}), 'none'),
  create('that is there', pod({}, { name: 'nginx' })),
  create(
    'privileged, in a restricted namespace',
    pod({
      hostNetwork: true,
      containers: [{ ...container, securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } } }],
      volumes: [{ name: 'h', hostPath: { path: '/' } }],
    }),
    'secure',
  ),
  create(
    'as root, in a restricted namespace',
    pod({ securityContext: { runAsUser: 0, runAsNonRoot: false } }),
    'secure',
  ),
  patch(
    'a new debugger',
    ephemeral({ name: 'dbg', image: 'busybox', targetContainerName: 'nginx', stdin: true, tty: true }),
  ),
  patch(
    'a debugger with a target that is not there',
    ephemeral({ name: 'dbg', image: 'busybox', targetContainerName: 'none' }),
  ),
  patch('a debugger with a container’s name', ephemeral({ name: 'nginx', image: 'busybox' })),
  patch('a debugger without an image', ephemeral({ name: 'dbg' })),
  patch('a debugger with ports', ephemeral({ name: 'dbg', image: 'busybox', ports: [{ containerPort: 80 }] })),
  patch('a debugger without a name', ephemeral({ image: 'busybox' })),
  patch('with the wrong type', ephemeral({ name: 'dbg', image: 5 })),
  patch('in a format that is none', ephemeral(), { headers: { 'content-type': 'text/plain' } }),
  patch('as somebody who may not', ephemeral({ name: 'dbg', image: 'busybox' }), { user: 'no-patch' }),
  patch('what can’t change', { spec: { hostNetwork: true } }, { sub: '' }),
  patch('labels, merging', { metadata: { labels: { a: 'b', app: null } } }, { sub: '', headers: merge }),
  patch('JSON, of what is not there', [{ op: 'remove', path: '/metadata/labels/none' }], {
    sub: '',
    headers: jsonPatch,
  }),
  patch('JSON, a test that fails', [{ op: 'test', path: '/metadata/name', value: 'x' }], {
    sub: '',
    headers: jsonPatch,
  }),
  patch('of a pod that is not there', ephemeral(), { name: 'none' }),
  { what: 'list, as nobody', ask: (client) => client.ask(`${shop}/pods`, { user: 'nobody' }) },
  { what: 'list of nodes, as nobody', ask: (client) => client.ask('/api/v1/nodes', { user: 'nobody' }) },
  {
    what: 'list of Deployments, as nobody',
    ask: (client) => client.ask('/apis/apps/v1/namespaces/shop/deployments', { user: 'nobody' }),
  },
  {
    what: 'what nobody may do',
    ask: (client) =>
      client.ask('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        method: 'POST',
        user: 'nobody',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { namespace: 'shop', verb: 'get', resource: 'pods' } },
        },
      }),
  },
  {
    what: 'who one is',
    ask: (client) =>
      client.ask('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
        method: 'POST',
        user: 'nobody',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      }),
  },
  stream('exec that succeeds', () => exec('nginx', ['echo', 'hello'], '&container=shell')),
  stream('exec with an exit code', () =>
    exec('nginx', ['sh', '-c', 'echo out; echo err >&2; exit 3'], '&container=shell'),
  ),
  stream('exec with input', () => exec('nginx', ['cat'], '&container=shell&stdin=true'), 'typed'),
  stream('exec in a terminal', () =>
    exec('nginx', ['sh', '-c', 'tty >/dev/null && echo terminal; exit 4'], '&container=shell&tty=true'),
  ),
  stream('exec killed by a signal', () => exec('nginx', ['sh', '-c', 'kill -9 $$'], '&container=shell')),
  stream('exec of what is not there', ({ web }) => exec(web, ['none'])),
  stream('exec of a path that is not there', ({ web }) => exec(web, ['/bin/none'])),
  stream('exec in a container that is not there', () => exec('nginx', ['ls'], '&container=none')),
  stream('exec in one of several, not named', () => exec('nginx', ['ls'])),
  stream('exec in a finished pod', () => exec('finished', ['ls'])),
  stream('exec in a container that does not run', () => exec('unpullable', ['ls'])),
  stream('exec in a pod without a node', () => exec('unschedulable', ['ls'])),
  stream('exec in a pod that is not there', () => exec('none', ['ls'])),
  stream('exec without a command', () => 'nginx/exec?container=shell&stdout=true'),
  stream('exec without a stream', () => 'nginx/exec?container=shell&command=ls'),
  stream('exec as somebody who may not', () => exec('nginx', ['ls'], '&container=shell'), undefined, 'no-attach'),
  stream('attach to a container that does not run', () => 'unpullable/attach?stdout=true'),
  stream('attach to a container that is not there', () => 'nginx/attach?container=none&stdout=true'),
  // What follows changes the pod for all questions after it.
  startDebugger,
  patch('the debugger, otherwise', ephemeral({ name: 'asked', image: 'busybox:1.37' })),
  patch('JSON, without the debugger', [{ op: 'remove', path: '/spec/ephemeralContainers/0' }], { headers: jsonPatch }),
  get('log of a pod with several containers and a debugger', `${shop}/pods/nginx/log`),
  stream('exec in a debugger', () => exec('nginx', ['cat', '/proc/1/comm'], '&container=asked')),
];
