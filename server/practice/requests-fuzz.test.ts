import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import fc from 'fast-check';
import WebSocket from 'ws';
import { parse } from 'yaml';
import { arbitraryRequest } from './testing/arbitrary-requests.ts';
import { cannotRun, type PracticeKubectl, startPracticeWithKubectl } from './testing/practice-kubectl.ts';

/** Fewer than in parsers-fuzz.test.ts, because each input takes a third of a millisecond on a connection. */
const runs = { requests: 30_000, frames: 9_000, sockets: 1_000 };
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

/** After any input the cluster must still be there and healthy. */
async function isWell(): Promise<void> {
  assert.match(await practice.kubectl('get', 'pod', 'target'), /1\/1 +Running/);
}

/** Leaves out requests that could change the pod that isWell looks at. */
function isHarmless({ method, path }: { method: string; path: string }): boolean {
  return (
    method === 'GET' ||
    method === 'POST' ||
    !/^\/api\/v1\/(namespaces|pods)/.test(path) ||
    /configmaps|secrets|none/.test(path)
  );
}

test('every request gets an answer below 500, and none ends the server', { skip: cannotRun }, async () => {
  const seen = new Set<number>();
  const requests = fc.array(arbitraryRequest.filter(isHarmless), { minLength: atOnce, maxLength: atOnce });
  await fc.assert(
    fc.asyncProperty(requests, async (inputs) => {
      await Promise.all(
        inputs.map(async ({ method, path, query, type, accept, body }) => {
          const target = `${path}?${new URLSearchParams(query)}`;
          const status = await send(target, { method, headers: { 'content-type': type, accept }, body });
          seen.add(status);
          assert.ok(status >= 200 && status < 500, `${method} ${target} ${type} ${body.toString('latin1')}: ${status}`);
        }),
      );
    }),
    { numRuns: Math.ceil(runs.requests / atOnce) },
  );
  // The requests have passed the first checks, with all kinds of answers.
  for (const status of [200, 201, 400, 404, 405]) assert.ok(seen.has(status), `no ${status} among ${[...seen]}`);
  await isWell();
});

test('bytes that are not http end only their own connection', { skip: cannotRun }, async () => {
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

test('frames that no client would send end only their own stream', { skip: cannotRun }, async () => {
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

interface Call {
  method: string;
  headers: Record<string, string>;
  body: Buffer;
}

function send(path: string, { method, headers, body }: Call): Promise<number> {
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
