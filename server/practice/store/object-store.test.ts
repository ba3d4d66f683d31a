import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AlreadyExistsError,
  type Change,
  ConflictError,
  ExpiredError,
  NotFoundError,
  ObjectStore,
} from './object-store.ts';

const pod = (name: string, namespace = 'a') => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } });
const at = (name: string, namespace = 'a') => ({ resource: 'pods', namespace, name });

test('versions rise across all resources, and the store sets uid and creation time', () => {
  const store = new ObjectStore();
  const first = store.create('pods', pod('x'));
  const second = store.create('services', { ...pod('x'), kind: 'Service' });
  assert.ok(Number(second.metadata.resourceVersion) > Number(first.metadata.resourceVersion));
  const forged = store.update('pods', {
    ...first,
    metadata: { ...first.metadata, uid: 'mine', creationTimestamp: '1999-01-01T00:00:00Z' },
  });
  assert.equal(forged.metadata.uid, first.metadata.uid);
  assert.equal(forged.metadata.creationTimestamp, first.metadata.creationTimestamp);
  assert.match(first.metadata.creationTimestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test('a name exists once per namespace and resource', () => {
  const store = new ObjectStore();
  store.create('pods', pod('x'));
  assert.throws(() => store.create('pods', pod('x')), AlreadyExistsError);
  store.create('pods', pod('x', 'b'));
  store.create('services', pod('x'));
  assert.deepEqual(
    store.list('pods').map((object) => object.metadata.namespace),
    ['a', 'b'],
  );
  assert.equal(store.list('pods', 'b').length, 1);
});

test('the second change of the same version conflicts, and without a version the last change wins', () => {
  const store = new ObjectStore();
  const old = store.create('pods', pod('x'));
  store.update('pods', { ...old, spec: 1 });
  assert.throws(() => store.update('pods', { ...old, spec: 2 }), ConflictError);
  const { resourceVersion: _, ...metadata } = old.metadata;
  assert.equal(store.update('pods', { ...old, metadata: { ...metadata, resourceVersion: '' }, spec: 3 })['spec'], 3);
  assert.throws(() => store.update('pods', { ...old, metadata: { ...old.metadata, name: 'none' } }), NotFoundError);
});

test('an update without a difference makes no version and no event', () => {
  const store = new ObjectStore();
  const object = store.create('pods', { ...pod('x'), spec: { list: [1, { a: 2 }] } });
  const heard: Change[] = [];
  store.watch('pods', store.version, (change) => heard.push(change));
  assert.equal(store.update('pods', structuredClone(object)), object);
  assert.deepEqual(heard, []);
});

test('a watch reports the changes after its version in order, then later ones', () => {
  const store = new ObjectStore();
  store.create('pods', pod('before'));
  const from = store.version;
  const x = store.create('pods', pod('x'));
  const heard: string[] = [];
  const stop = store.watch('pods', from, ({ type, object }) => heard.push(`${type} ${object.metadata.name}`));
  store.update('pods', { ...x, spec: 1 });
  store.create('services', pod('other'));
  const removed = store.remove(at('x'));
  stop();
  store.create('pods', pod('after'));
  assert.deepEqual(heard, ['ADDED x', 'MODIFIED x', 'DELETED x']);
  assert.ok(Number(removed.metadata.resourceVersion) > Number(x.metadata.resourceVersion));
});

test('a forgotten version is expired', () => {
  const store = new ObjectStore();
  store.create('pods', pod('x'));
  const from = store.version - 1;
  store.watch('pods', from, () => {})();
  store.compact();
  assert.throws(() => store.watch('pods', from, () => {}), ExpiredError);
  store.watch('pods', store.version, () => {})();
});
