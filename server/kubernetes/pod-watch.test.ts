import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { PodDetail } from '#lib/pods.ts';
import { FakeApiServer, sendJson } from '../testing/fake-api-server.ts';
import { type PodListener, watchedPod, watchPod } from './pod-watch.ts';

const address = { namespace: 'shop', pod: 'cart' };
const cart = (phase: string) => ({
  metadata: { name: 'cart', namespace: 'shop', uid: 'u', resourceVersion: '1' },
  spec: { containers: [{ name: 'web', image: 'x' }] },
  status: { phase, containerStatuses: [] },
});

/** A listener that keeps what it hears, and lets a test wait for how many. */
function listener(more: Partial<PodListener> = {}) {
  const pods: (PodDetail | null)[] = [];
  const waiting = new Set<() => void>();
  return {
    pods,
    onPod(pod: PodDetail | null) {
      pods.push(pod);
      for (const check of waiting) check();
    },
    onEvents() {},
    until: (count: number) =>
      new Promise<void>((resolve) => {
        const check = () => pods.length >= count && resolve();
        waiting.add(check);
        check();
      }),
    ...more,
  };
}

test('all who watch a pod share one watch, which ends with the last of them', async () => {
  let podWatch: ServerResponse | undefined;
  await using fake = await FakeApiServer.start((_request, response, url) => {
    const isPods = url.pathname.endsWith('/pods');
    if (url.searchParams.get('watch') === null)
      return sendJson(response, { metadata: { resourceVersion: '1' }, items: isPods ? [cart('Pending')] : [] });
    response.flushHeaders();
    if (isPods) podWatch = response;
    return undefined;
  });
  const cluster = fake.cluster();
  const live = Promise.withResolvers<void>();
  const first = listener({ onState: ({ kind }) => kind === 'live' && live.resolve() });
  const watch = watchPod(cluster, address, first);
  await first.until(1);
  assert.equal(watchedPod(cluster, address), undefined, 'what is not followed yet may be old');
  await live.promise;
  assert.equal(watchedPod(cluster, address)?.name, 'cart');

  const late = listener();
  const informed = listener({ knowsPod: true });
  const watches = [watch, watchPod(cluster, address, late), watchPod(cluster, address, informed)];
  assert.equal(late.pods.length, 1, 'a late one is told what is known');
  assert.equal(informed.pods.length, 0, 'unless it knows it already');
  podWatch?.write(`${JSON.stringify({ type: 'MODIFIED', object: cart('Running') })}\n`);
  await Promise.all([first.until(2), late.until(2), informed.until(1)]);
  assert.equal(fake.requests.filter((one) => /\/pods\?.*watch=true/.test(one)).length, 1);

  const ended = once(podWatch as ServerResponse, 'close');
  for (const one of watches) one.close();
  await ended;
  assert.equal(watchedPod(cluster, address), undefined);
});
