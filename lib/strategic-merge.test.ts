import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyStrategicMerge } from './strategic-merge.ts';

test('a new ephemeral container is added to those that there are', () => {
  const pod = { spec: { ephemeralContainers: [{ name: 'a', image: 'x' }], nodeName: 'n' } };
  const patched = applyStrategicMerge(pod, { spec: { ephemeralContainers: [{ name: 'b', image: 'y' }] } });
  assert.deepEqual(patched, {
    spec: {
      ephemeralContainers: [
        { name: 'b', image: 'y' },
        { name: 'a', image: 'x' },
      ],
      nodeName: 'n',
    },
  });
});

test('a list with a key merges by it, one without is replaced, null removes', () => {
  const current = {
    containers: [{ name: 'a', image: 'x', args: ['1', '2'], env: [{ name: 'K', value: 'v' }] }],
    tolerations: [{ key: 'a' }],
    gone: 1,
  };
  const patch = {
    containers: [{ name: 'a', args: ['3'], env: [{ name: 'L', value: 'w' }] }],
    tolerations: [{ key: 'b' }],
    gone: null,
  };
  assert.deepEqual(applyStrategicMerge(current, patch), {
    containers: [
      {
        name: 'a',
        image: 'x',
        args: ['3'],
        env: [
          { name: 'L', value: 'w' },
          { name: 'K', value: 'v' },
        ],
      },
    ],
    tolerations: [{ key: 'b' }],
  });
});

test('$patch deletes or replaces', () => {
  const current = { volumes: [{ name: 'a' }, { name: 'b' }], map: { x: 1, y: 2 } };
  assert.deepEqual(
    applyStrategicMerge(current, { volumes: [{ name: 'a', $patch: 'delete' }], map: { $patch: 'replace', z: 3 } }),
    {
      volumes: [{ name: 'b' }],
      map: { z: 3 },
    },
  );
  assert.deepEqual(applyStrategicMerge(current, { volumes: [{ $patch: 'replace' }, { name: 'c' }] })['volumes'], [
    { name: 'c' },
  ]);
});

test('sets of values, their deletion, and the order that a client asks for', () => {
  const current = { finalizers: ['a', 'b'], containers: [{ name: 'x' }, { name: 'y' }] };
  assert.deepEqual(
    applyStrategicMerge(current, {
      finalizers: ['c'],
      '$deleteFromPrimitiveList/finalizers': ['a'],
      containers: [{ name: 'z' }],
      '$setElementOrder/containers': [{ name: 'x' }, { name: 'z' }, { name: 'y' }],
    }),
    { finalizers: ['b', 'c'], containers: [{ name: 'x' }, { name: 'z' }, { name: 'y' }] },
  );
});

test('an element without its key is refused in the API server’s words', () => {
  assert.throws(
    () => applyStrategicMerge({ containers: [] }, { containers: [{ image: 'x' }] }),
    /does not contain declared merge key: name/,
  );
});

test('lists that newer versions merge by a key are merged too, and a field that every object has is no list', () => {
  const current = { schedulingGates: [{ name: 'a' }], podCIDRs: ['10.0.0.0/24'], constructor: [1] };
  const patch = { schedulingGates: [{ name: 'b' }], podCIDRs: ['10.0.1.0/24'], constructor: [2] };
  assert.deepEqual(applyStrategicMerge(current, patch), {
    schedulingGates: [{ name: 'b' }, { name: 'a' }],
    podCIDRs: ['10.0.0.0/24', '10.0.1.0/24'],
    constructor: [2],
  });
});
