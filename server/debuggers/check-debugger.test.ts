import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeApiServer, sendJson } from '../testing/fake-api-server.ts';
import { checkDebugger } from './check-debugger.ts';

const request = {
  kind: 'node' as const,
  context: 'fake',
  namespace: 'shop',
  node: 'node-a',
  image: 'busybox:1.36',
  profile: 'general' as const,
};

/** Allows everything. */
function startFake(node: object): Promise<FakeApiServer> {
  return FakeApiServer.start((incoming, response, url) => {
    if (url.pathname.endsWith('/selfsubjectaccessreviews')) sendJson(response, { status: { allowed: true } });
    else if (url.pathname === '/api/v1/nodes/node-a') sendJson(response, node);
    else {
      assert.equal(`${incoming.method} ${url.searchParams.get('dryRun')}`, 'POST All');
      sendJson(response, { metadata: { name: 'x' }, spec: { containers: [{ name: 'debugger' }] } });
    }
  });
}

test('a node that is not ready is told with its own words, one that has the image as that', async () => {
  const condition = { type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' };
  await using lost = await startFake({ status: { conditions: [condition] } });
  const { problems, imageIsOn } = await checkDebugger(lost.cluster(), request);
  assert.deepEqual(
    problems.map(({ error }) => error.message),
    ['Node node-a is not ready: Kubelet stopped posting node status.'],
  );
  assert.equal(imageIsOn, undefined);

  const images = [{ names: ['docker.io/library/busybox@sha256:0', 'docker.io/library/busybox:1.36'] }];
  await using ready = await startFake({ status: { conditions: [{ type: 'Ready', status: 'True' }], images } });
  const fine = await checkDebugger(ready.cluster(), request);
  assert.deepEqual([fine.problems, fine.imageIsOn], [[], 'node-a']);
});
