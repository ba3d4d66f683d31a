import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { Cluster } from './cluster.ts';

/** Far longer than the turn of the event loop between two calls, and short enough to wait for. */
const idleTimeoutMs = 1_000;

// The time limit ends the wait for a connection that is never given up.
test('a connection is used again at once, and not after a pause; a silent watch outlives the pause', {
  timeout: 60_000,
}, async () => {
  const seen = new Set<Socket>();
  const watches: ServerResponse[] = [];
  await using fake = await FakeApiServer.start((request, response) => {
    seen.add(request.socket);
    // As the API server does: it does not say how long it keeps a connection.
    response.setHeader('Connection', 'keep-alive');
    if (request.url?.includes('watch')) {
      watches.push(response);
      response.writeHead(200).flushHeaders();
    } else response.end('{}');
  });
  fake.keepIdleMs = 600_000;
  const cluster = new Cluster({
    summary: { name: 'fake', cluster: 'fake', user: 'u', namespace: undefined },
    cluster: { server: fake.url },
    user: {},
    idleTimeoutMs,
  });
  const end = new AbortController();
  try {
    const pods = { verb: 'list', resource: 'pods' } as const;
    await cluster.request(pods);
    await cluster.request(pods);
    assert.equal(seen.size, 1);
    // The watch has the first connection.
    const watch = await cluster.stream({ verb: 'watch', resource: 'pods', query: { watch: 'true' } }, end.signal);
    let isOver = false;
    watch.on('close', () => {
      isOver = true;
    });
    watch.on('error', () => {});
    await cluster.request(pods);
    assert.equal(seen.size, 2);
    // The watch has been silent for longer than the second connection, which is given up here.
    const [, second] = [...seen];
    assert.ok(second);
    if (!second.destroyed) await once(second, 'close');
    await cluster.request(pods);
    assert.equal(seen.size, 3);
    watches[0]?.write('{}\n');
    const [event] = await once(watch, 'data');
    assert.equal(String(event), '{}\n');
    assert.equal(isOver, false);
  } finally {
    end.abort();
    cluster.close();
  }
});
