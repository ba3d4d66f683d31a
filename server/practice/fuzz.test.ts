import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import fc from 'fast-check';
import WebSocket from 'ws';
import { parse } from 'yaml';
import { decodeProtobuf } from './schema/decode-protobuf.ts';
import { ObjectStore } from './store/object-store.ts';
import { FrameParser } from './streams/spdy/frames.ts';
import { HeaderReader } from './streams/spdy/header-block.ts';
import { cannotRun, type PracticeKubectl, startPracticeWithKubectl } from './testing/practice-kubectl.ts';
import { loadManifests } from './workloads/load-manifests.ts';
import { seed } from './workloads/seed.ts';

/** A hundred thousand inputs in all. Those that need a connection are fewer: each takes a third of a millisecond. */
const runs = { protobuf: 30_000, spdy: 15_000, yaml: 15_000, requests: 30_000, frames: 9_000, sockets: 1_000 };
/** Enough to keep two cores busy. */
const atOnce = 16;

const manifest = `
apiVersion: v1
kind: Pod
metadata: { name: target }
spec:
  containers:
    - { name: main, image: busybox, command: [cat], stdin: true }
`;

let practice: PracticeKubectl;
let port: number;
let token: string;
let ca: Buffer;
let agent: Agent;
before(async () => {
  if (cannotRun) return;
  practice = await startPracticeWithKubectl(manifest);
  await practice.kubectl('wait', '--for=condition=Ready', 'pod/target', '--timeout=20s');
  const config = parse(readFileSync(practice.cluster.kubeconfig, 'utf8'));
  port = practice.cluster.port;
  token = config.users[0].user.token;
  ca = Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64');
  agent = new Agent({ keepAlive: true, maxSockets: atOnce, ca });
});
after(async () => {
  agent?.destroy();
  await practice?.[Symbol.asyncDispose]();
});

/** Whatever was sent, the cluster must still be there and well. */
async function isWell(): Promise<void> {
  assert.match(await practice.kubectl('get', 'pod', 'target'), /1\/1 +Running/);
}

const names = fc.constantFrom(
  ...['target', 'x', 'Bad', '', '..', '%00', 'a'.repeat(300), 'default', '\u{1f600}', 'ä', 'a b', '-', '0'],
);
const objectNames = fc.constantFrom(
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'labels',
  'spec',
  'containers',
  'image',
  'status',
  'data',
  'ownerReferences',
  'finalizers',
  'ephemeralContainers',
  'volumes',
  'env',
  'ports',
  '__proto__',
  'constructor',
  '$patch',
  '$retainKeys',
  '$setElementOrder/containers',
  'resourceVersion',
  'uid',
  'replicas',
  'selector',
  'template',
  'rules',
  'gracePeriodSeconds',
  'managedFields',
);
const kinds = fc.constantFrom('Pod', 'ConfigMap', 'Deployment', 'Service', 'v1', 'apps/v1', 'Role', 'target');
/** JSON that looks like objects of Kubernetes here and there. */
const { value: json } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', 'x', 'main', 'busybox', '\0', '2026-01-01T00:00:00Z', '100m'),
    names,
    kinds,
    tie('object'),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
  object: fc.dictionary(objectNames, tie('value'), { maxKeys: 8 }),
}));

test('bytes that claim to be protobuf are decoded or refused', () => {
  const valid = Buffer.from('6b3873000a0d0a02763112 0743 6f6e666967'.replaceAll(' ', ''), 'hex');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from('k8s\0'), tail])),
    fc.uint8Array({ maxLength: 40 }).map((tail) => Buffer.concat([valid, tail])),
    fc.uint8Array({ maxLength: 100 }).map((raw) => podOf(raw)),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      try {
        assert.equal(typeof decodeProtobuf(body), 'object');
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError));
      }
    }),
    { numRuns: runs.protobuf },
  );
});

/** An envelope that says Pod, around bytes that need not be one. */
function podOf(raw: Uint8Array): Buffer {
  const field = (id: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([(id << 3) | 2, content.length]), content]);
  const typeMeta = Buffer.concat([field(1, Buffer.from('v1')), field(2, Buffer.from('Pod'))]);
  return Buffer.concat([Buffer.from('k8s\0'), field(1, typeMeta), field(2, raw)]);
}

test('bytes that claim to be SPDY become frames or an error', async () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), fc.boolean(), (chunks, isControl) => {
      const parser = new FrameParser();
      try {
        if (isControl) parser.push(Buffer.from([0x80, 3, 0]));
        for (const chunk of chunks) parser.push(Buffer.from(chunk));
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError));
      }
    }),
    { numRuns: runs.spdy - 1_000 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), (block) =>
      new HeaderReader().read(Buffer.from(block)).then(
        (headers) => assert.ok(headers instanceof Map),
        (error) => assert.ok(error instanceof Error && !(error instanceof assert.AssertionError)),
      ),
    ),
    { numRuns: 1_000 },
  );
});

test('manifests that are anything at all are loaded or refused with words', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 80 }),
    json.map((value) => JSON.stringify(value) ?? ''),
    fc
      .tuple(fc.nat(manifest.length), fc.string({ maxLength: 6 }))
      .map(([at, noise]) => manifest.slice(0, at) + noise + manifest.slice(at + noise.length)),
  );
  let store = new ObjectStore();
  let count = 0;
  fc.assert(
    fc.property(text, (content) => {
      // A store of its own for a few: a long one would only make it slow.
      if (count++ % 500 === 0) {
        store = new ObjectStore();
        seed(store, 'v1.33.0');
      }
      for (const refusal of loadManifests(store, [{ file: 'fuzz', text: content }]))
        assert.ok(refusal.startsWith('fuzz: '));
    }),
    { numRuns: runs.yaml },
  );
});

test('no request is answered 500, and none ends the server', { skip: cannotRun }, async () => {
  const path = fc
    .tuple(
      fc.constantFrom(
        '/api/v1',
        '/apis/apps/v1',
        '/apis/rbac.authorization.k8s.io/v1',
        '/apis/discovery.k8s.io/v1',
        '/apis/authorization.k8s.io/v1',
        '/apis',
        '/openapi/v3',
        '/x',
      ),
      fc.option(names),
      fc.constantFrom(
        'pods',
        'configmaps',
        'deployments',
        'replicasets',
        'services',
        'events',
        'roles',
        'secrets',
        'selfsubjectaccessreviews',
        'nodes',
        'namespaces',
        'none',
      ),
      fc.option(names),
      fc.option(fc.constantFrom('status', 'ephemeralcontainers', 'log', 'scale', 'exec', 'token', 'none')),
    )
    .map(([root, namespace, plural, name, sub]) =>
      [
        root,
        ...(namespace === null ? [] : ['namespaces', encodeURIComponent(namespace)]),
        plural,
        ...(name === null ? [] : [encodeURIComponent(name)]),
        ...(name === null || sub === null ? [] : [sub]),
      ].join('/'),
    );
  const query = fc.dictionary(
    fc.constantFrom(
      'labelSelector',
      'fieldSelector',
      'limit',
      'continue',
      'resourceVersion',
      'dryRun',
      'fieldManager',
      'force',
      'container',
      'tailLines',
      'sinceTime',
      'gracePeriodSeconds',
      'fieldValidation',
      'includeObject',
      'propagationPolicy',
    ),
    fc.oneof(
      fc.constantFrom('All', 'true', '0', '-1', '1', 'x', 'a in (b', 'metadata.name=x', '99999999999999999999'),
      fc.string({ maxLength: 12 }),
    ),
    { maxKeys: 3 },
  );
  const type = fc.constantFrom(
    'application/json',
    'application/strategic-merge-patch+json',
    'application/merge-patch+json',
    'application/json-patch+json',
    'application/apply-patch+yaml',
    'application/vnd.kubernetes.protobuf',
    'application/yaml',
    'text/plain',
    '',
  );
  const operations = fc.array(
    fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
      path: fc.constantFrom(
        '',
        '/',
        '/metadata',
        '/metadata/labels/a',
        '/spec/containers/-',
        '/spec/containers/0/image',
        '/__proto__/x',
        'x',
      ),
      value: json,
      from: fc.constantFrom('/metadata', '/none'),
    }),
    { maxLength: 3 },
  );
  const body = fc.oneof(
    json.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
    operations.map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 100 }).map(podOf),
  );
  const accept = fc.constantFrom('application/json', 'application/json;as=Table;g=meta.k8s.io;v=v1', '*/*', 'x');
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS');
  const input = fc.record({ method, path, query, type, accept, body });
  // The pod that shows that all is well stays out of it.
  const isHarmless = ({ method: verb, path: where }: { method: string; path: string }) =>
    verb === 'GET' ||
    verb === 'POST' ||
    !/^\/api\/v1\/(namespaces|pods)/.test(where) ||
    /configmaps|secrets|none/.test(where);
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.array(input.filter(isHarmless), { minLength: atOnce, maxLength: atOnce }), async (inputs) => {
      await Promise.all(
        inputs.map(
          async ({
            method: verb,
            path: where,
            query: parameters,
            type: contentType,
            accept: wanted,
            body: content,
          }) => {
            const target = `${where}?${new URLSearchParams(parameters)}`;
            const status = await send(verb, target, { 'content-type': contentType, accept: wanted }, content);
            seen.add(status);
            assert.ok(
              status >= 200 && status < 500,
              `${verb} ${target} ${contentType} ${content.toString('latin1')}: ${status}`,
            );
          },
        ),
      );
    }),
    { numRuns: Math.ceil(runs.requests / atOnce) },
  );
  // It got past the first checks, in all directions.
  for (const status of [200, 201, 400, 404, 405]) assert.ok(seen.has(status), `no ${status} among ${[...seen]}`);
  await isWell();
});

test('bytes that are no http end their own connection alone', { skip: cannotRun }, async () => {
  const lines = fc.oneof(
    fc.string({ maxLength: 100 }).map((text) => `${text}\r\n\r\n`),
    fc.string({ maxLength: 60 }).map((text) => `GET /${text} HTTP/1.1\r\nHost: x\r\n\r\n`),
    fc
      .string({ maxLength: 60 })
      .map(
        (text) =>
          `GET /api HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nAuthorization: Bearer ${token}\r\n${text}: x\r\n\r\n`,
      ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 4, maxLength: 4 }), (all) =>
      Promise.all(all.map(throwAt)).then(() => {}),
    ),
    { numRuns: runs.sockets / 4 },
  );
  await isWell();
});

test('frames that no client would send end their own stream alone', { skip: cannotRun }, async () => {
  const frame = fc.tuple(
    fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 255), fc.nat(255)),
    fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc
        .constantFrom('{"Width":-1}', '{"Width":1e9,"Height":1}', '{', '{"Width":80,"Height":24}')
        .map((text) => new Uint8Array(Buffer.from(text))),
    ),
  );
  const perSocket = 30;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'exec?command=cat&stdin=true&stdout=true',
        'exec?command=cat&stdin=true&stdout=true&tty=true',
        'attach?stdin=true&stdout=true',
        'portforward?ports=80,x',
        'portforward?ports=1',
      ),
      fc.constantFrom('v5.channel.k8s.io', 'v4.channel.k8s.io'),
      fc.array(frame, { minLength: perSocket, maxLength: perSocket }),
      sendFrames,
    ),
    { numRuns: runs.frames / perSocket },
  );
  await isWell();
});

function send(method: string, path: string, headers: Record<string, string>, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent,
        headers: { ...headers, authorization: `Bearer ${token}`, 'content-length': body.length },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function throwAt(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => socket.end(text));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve());
    socket.resume();
  });
}

function sendFrames(what: string, protocol: string, frames: [number, Uint8Array][]): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/api/v1/namespaces/default/pods/target/${what}`, [protocol], {
      ca,
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on('open', () => {
      for (const [channel, bytes] of frames) socket.send(Buffer.concat([Buffer.from([channel]), bytes]));
      socket.terminate();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}
