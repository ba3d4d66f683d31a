import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import { applyServerSide, withManager } from './server-side-apply.ts';
import { StatusError } from './status.ts';

const pod = (labels: Record<string, string>, containers: object[]): NewObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'x', labels },
  spec: { containers },
});
const stored = (object: NewObject) => object as StoredObject;
const mine = { manager: 'me', isForced: false };

test('fields that a manager no longer applies are removed, and those of others stay', () => {
  const first = pod({ a: '1', b: '1' }, [
    { name: 'main', image: 'i:1', command: ['x'] },
    { name: 'extra', image: 'i:1' },
  ]);
  const created = withManager(first, { manager: 'me', applied: first });
  const { labels: _, ...metadata } = created.metadata ?? {};
  const labelled = stored({ ...created, metadata: { ...metadata, labels: { a: '1', b: '1', byOther: 'yes' } } });
  const next = applyServerSide(labelled, pod({ a: '2' }, [{ name: 'main', image: 'i:2' }]), mine);
  assert.deepEqual(next.metadata.labels, { a: '2', byOther: 'yes' });
  assert.deepEqual(next['spec'], { containers: [{ name: 'main', image: 'i:2' }] });
});

test('another manager’s value is a conflict, unless forced', () => {
  const first = pod({ a: '1' }, [{ name: 'main', image: 'i:1' }]);
  const created = stored(withManager(first, { manager: 'other', applied: first }));
  const applied = pod({ a: '2' }, []);
  assert.throws(
    () => applyServerSide(created, applied, mine),
    (error) =>
      error instanceof StatusError &&
      error.code === 409 &&
      /conflict with "other": \.metadata\.labels\.a/.test(error.message),
  );
  assert.equal(applyServerSide(created, applied, { ...mine, isForced: true }).metadata.labels?.['a'], '2');
  // Two managers may own a field with the same value.
  assert.equal(applyServerSide(created, pod({ a: '1' }, []), mine).metadata.labels?.['a'], '1');
});
