import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { WatchState } from '#lib/watch-state.ts';
import { FakeApiServer, sendJson, sendStatus } from '../testing/fake-api-server.ts';
import { ListWatch } from './list-watch.ts';

const object = (name: string, resourceVersion: string) => ({ metadata: { name, resourceVersion } });

/** Collects what a sink hears, and lets a test wait for it. */
function collect() {
  const heard: string[] = [];
  const waiting: { wanted: string; resolve(): void }[] = [];
  const hear = (what: string) => {
    heard.push(what);
    for (const one of waiting) if (heard.includes(one.wanted)) one.resolve();
  };
  return {
    heard,
    /** Resolves once `wanted` was heard. */
    until: (wanted: string) =>
      new Promise<void>((resolve) => {
        if (heard.includes(wanted)) resolve();
        else waiting.push({ wanted, resolve });
      }),
    sink: {
      onSnapshot: (names: string[]) => hear(`snapshot ${names.join(',')}`),
      onChanged: (name: string) => hear(`changed ${name}`),
      onRemoved: (name: string) => hear(`removed ${name}`),
      onState: (state: WatchState) => hear(state.kind === 'stale' ? `stale ${state.error.code}` : state.kind),
    },
  };
}

function watchPods(fake: FakeApiServer, sink: ReturnType<typeof collect>['sink']): ListWatch<string> {
  return new ListWatch({
    cluster: fake.cluster(),
    call: { resource: 'pods', namespace: 'shop', query: { labelSelector: 'app=x' } },
    convert: ({ metadata }) => metadata?.name ?? '',
    sink,
  });
}

const line = (response: ServerResponse, type: string, value: unknown) =>
  response.write(`${JSON.stringify({ type, object: value })}\n`);

test('lists in pages, then watches from that version, and after an end from the last bookmark', async () => {
  const { heard, until, sink } = collect();
  let watches = 0;
  await using fake = await FakeApiServer.start((_request, response, url) => {
    if (url.searchParams.get('watch') === null) {
      const isSecond = url.searchParams.get('continue') === 'more';
      assert.equal(url.searchParams.get('limit'), '500');
      const metadata = isSecond ? { resourceVersion: '7' } : { resourceVersion: '7', continue: 'more' };
      return sendJson(response, { metadata, items: [object(isSecond ? 'b' : 'a', '1')] });
    }
    watches += 1;
    if (watches === 1) {
      line(response, 'ADDED', object('c', '8'));
      line(response, 'BOOKMARK', object('', '20'));
      return response.end();
    }
    return line(response, 'DELETED', object('a', '21'));
  });
  const watch = watchPods(fake, sink);
  await until('removed a');
  watch.close();
  assert.deepEqual(heard, ['loading', 'snapshot a,b', 'live', 'changed c', 'live', 'removed a']);
  const versions = fake.requests
    .filter((one) => one.includes('watch=true'))
    .map((one) => /resourceVersion=(\d+)/.exec(one)?.[1]);
  assert.deepEqual(versions, ['7', '20']);
  assert.ok(fake.requests.every((one) => one.startsWith('GET /api/v1/namespaces/shop/pods?labelSelector=app%3Dx')));
  assert.ok(
    fake.requests.filter((one) => one.includes('watch=true')).every((one) => one.includes('allowWatchBookmarks=true')),
  );
});

for (const how of ['as an event', 'as a status'] as const) {
  test(`lists anew when the version is expired, told ${how}`, async () => {
    const { heard, until, sink } = collect();
    let lists = 0;
    await using fake = await FakeApiServer.start((_request, response, url) => {
      if (url.searchParams.get('watch') === null) {
        lists += 1;
        return sendJson(response, { metadata: { resourceVersion: String(lists) }, items: [object(`n${lists}`, '1')] });
      }
      if (lists > 1) return line(response, 'ADDED', object('z', '9'));
      if (how === 'as a status') return sendStatus(response, 410, 'too old');
      line(response, 'ERROR', { kind: 'Status', code: 410, message: 'too old' });
      return response.end();
    });
    const watch = watchPods(fake, sink);
    await until('changed z');
    watch.close();
    assert.deepEqual(
      heard.filter((one) => one.startsWith('snapshot')),
      ['snapshot n1', 'snapshot n2'],
    );
    assert.ok(!heard.some((one) => one.startsWith('stale')), 'an expired version is no trouble to tell of');
  });
}

test('a server that finds each new version too old is asked less and less often', async () => {
  const { until, sink } = collect();
  const listedAt: number[] = [];
  await using fake = await FakeApiServer.start((_request, response, url) => {
    if (url.searchParams.get('watch') !== null) return sendStatus(response, 410, 'too old');
    const count = listedAt.push(performance.now());
    return sendJson(response, { metadata: { resourceVersion: '1' }, items: [object(`n${count}`, '1')] });
  });
  const watch = watchPods(fake, sink);
  await until('snapshot n4');
  watch.close();
  const [first = 0] = listedAt;
  // Half of 250, 500 and 1000 ms at the least.
  assert.ok((listedAt[3] ?? 0) - first >= 875, `${listedAt.map((at) => Math.round(at - first))}`);
});

test('tells why it can’t watch, keeps trying, and goes on without a new list', async () => {
  const { heard, until, sink } = collect();
  let watches = 0;
  await using fake = await FakeApiServer.start((_request, response, url) => {
    if (url.searchParams.get('watch') === null)
      return sendJson(response, { metadata: { resourceVersion: '5' }, items: [] });
    watches += 1;
    if (watches === 1) return sendStatus(response, 403, 'pods is forbidden: User "u" cannot watch');
    if (watches === 2) return response.socket?.destroy();
    return line(response, 'ADDED', object('back', '6'));
  });
  const watch = watchPods(fake, sink);
  await until('changed back');
  watch.close();
  assert.deepEqual(heard, ['loading', 'snapshot ', 'stale forbidden', 'stale unreachable', 'live', 'changed back']);
});

test('a closed watch ends its request', async () => {
  const { until, sink } = collect();
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  await using fake = await FakeApiServer.start((_request, response, url) => {
    if (url.searchParams.get('watch') === null)
      return sendJson(response, { metadata: { resourceVersion: '5' }, items: [] });
    response.on('close', () => resolve());
    return response.flushHeaders();
  });
  const watch = watchPods(fake, sink);
  await until('live');
  watch.close();
  await ended;
});
