import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { FakeApiServer } from '../testing/fake-api-server.ts';

test('a connection is used again at once, and not after a pause; a silent watch outlives the pause', async () => {
  const seen = new Set<Socket>();
  await using fake = await FakeApiServer.start((request, response) => {
    seen.add(request.socket);
    // As the API server does: it does not say how long it keeps a connection.
    response.setHeader('Connection', 'keep-alive');
    if (request.url?.includes('watch')) response.writeHead(200).flushHeaders();
    else response.end('{}');
  });
  fake.keepIdleMs = 60_000;
  const cluster = fake.cluster();
  const end = new AbortController();
  try {
    const pods = { verb: 'list', resource: 'pods' } as const;
    await cluster.request(pods);
    await cluster.request(pods);
    assert.equal(seen.size, 1);
    // Longer than it is kept; the watch has the first connection.
    const watch = await cluster.stream({ verb: 'watch', resource: 'pods' }, end.signal);
    let isOver = false;
    watch.on('close', () => {
      isOver = true;
    });
    watch.on('error', () => {});
    await cluster.request(pods);
    assert.equal(seen.size, 2);
    await delay(6_000);
    await cluster.request(pods);
    assert.equal(seen.size, 3);
    assert.equal(isOver, false);
  } finally {
    end.abort();
    cluster.close();
  }
});
