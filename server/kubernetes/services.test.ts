import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1EndpointSlice, V1Pod, V1Service } from '@kubernetes/client-node';
import { selectingServices } from './services.ts';

const pod = (ready: boolean, extra: object = {}): V1Pod => ({
  metadata: { name: 'web-1', labels: { app: 'web', tier: 'front' } },
  spec: { containers: [{ name: 'web', ports: [{ name: 'http', containerPort: 80 }] }] },
  status: {
    phase: 'Running',
    podIP: '10.0.0.1',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: [{ name: 'web', ready, image: '', imageID: '', restartCount: 0 }],
  },
  ...extra,
});
const service = (name: string, selector: Record<string, string>, targetPort: string | number = 80): V1Service => ({
  metadata: { name },
  spec: { selector, ports: [{ port: 8080, targetPort }] },
});
const slice = (name: string, ready?: boolean): V1EndpointSlice => ({
  addressType: 'IPv4',
  metadata: { labels: { 'kubernetes.io/service-name': name } },
  endpoints: [
    {
      addresses: ['10.0.0.1'],
      targetRef: { kind: 'Pod', name: 'web-1' },
      ...(ready === undefined ? {} : { conditions: { ready } }),
    },
  ],
});
const one = (of: V1Pod, by: V1Service, slices: V1EndpointSlice[]) => selectingServices(of, [by], slices)[0];

test('only what selects the pod is told, and whether it leads there', () => {
  const services = [service('web', { app: 'web' }), service('other', { app: 'db' }), service('by-hand', {})];
  assert.deepEqual(
    selectingServices(pod(true), services, [slice('web', true)]).map(({ name, state, readyEndpoints }) => ({
      name,
      state,
      readyEndpoints,
    })),
    [{ name: 'web', state: { kind: 'in' }, readyEndpoints: 1 }],
  );
  assert.deepEqual(one(pod(true), service('web', { app: 'web' }), [slice('web')])?.state, { kind: 'in' });
});

test('why it does not lead there', () => {
  const why = (of: V1Pod, by: V1Service, slices: V1EndpointSlice[]) => {
    const state = one(of, by, slices)?.state;
    return state?.kind === 'out' ? state.why : undefined;
  };
  const web = service('web', { app: 'web' });
  assert.match(why(pod(false), web, [slice('web', false)]) ?? '', /not ready: web is not/);
  assert.match(why(pod(true), web, []) ?? '', /follow within seconds/);
  assert.match(why(pod(true), service('web', { app: 'web' }, 'grpc'), [slice('web', true)]) ?? '', /port named grpc/);
  assert.match(why(pod(false, { status: { phase: 'Failed' } }), web, []) ?? '', /has finished/);
  assert.match(why(pod(false, { status: { phase: 'Pending' } }), web, []) ?? '', /no address yet/);
});
