import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { FakeApiServer, sendJson } from '../testing/fake-api-server.ts';
import { ProcessWatch } from './process-watch.ts';

const pod = {
  metadata: { name: 'web', namespace: 'shop', uid: 'u' },
  spec: { nodeName: 'n', containers: [{ name: 'main', image: 'i' }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'main', ready: true, state: { running: {} } }] },
};

test('a container whose first reading broke off is asked again', async () => {
  await using api = await FakeApiServer.start((_request, response) => sendJson(response, pod));
  const cluster = api.cluster();
  const asked = new EventTarget();
  let times = 0;
  api.onSocket = (socket) => {
    times += 1;
    socket.terminate();
    if (times === 2) asked.dispatchEvent(new Event('again'));
  };
  const watch = new ProcessWatch(cluster, { namespace: 'shop', pod: 'web' });
  const again = once(asked, 'again');
  watch.listen({ onProcesses: () => {}, onState: () => {} });
  await again;
  watch.close();
  assert.ok(times >= 2);
});
