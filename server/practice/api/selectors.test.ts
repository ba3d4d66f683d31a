import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredObject } from '../store/stored-object.ts';
import { parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { StatusError } from './status.ts';

const object = (labels: Record<string, string>): StoredObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'x', uid: '', resourceVersion: '1', creationTimestamp: '', labels },
  status: { phase: 'Running' },
});
const web = object({ app: 'web', 'x.io/tier': 'front', empty: '' });

for (const [selector, matches] of [
  ['', true],
  ['app=web', true],
  ['app==web', true],
  ['app = web', true],
  ['app!=web', false],
  ['none!=x', true],
  ['app=', false],
  ['empty=', true],
  ['app', true],
  ['!app', false],
  ['!none', true],
  ['app in (a, web)', true],
  ['app in (a,b)', false],
  ['app notin (a,b)', true],
  ['none notin (a)', true],
  ['x.io/tier=front,app in (web,db),!none', true],
  ['x.io/tier=front,app=db', false],
] as const) {
  test(`label selector ${JSON.stringify(selector)} is ${matches}`, () =>
    assert.equal(parseLabelSelector(selector)(web), matches));
}

for (const selector of ['app in (a', 'app=a=b', 'a b', '=x', 'app in a', ',']) {
  test(`label selector ${JSON.stringify(selector)} is refused`, () => {
    assert.throws(() => parseLabelSelector(selector), StatusError);
  });
}

test('field selectors compare the fields that a resource supports, and refuse others', () => {
  const fields = ['metadata.name', 'status.phase', 'spec.nodeName'];
  assert.equal(parseFieldSelector('metadata.name=x,status.phase!=Failed', fields)(web), true);
  assert.equal(parseFieldSelector('spec.nodeName=', fields)(web), true);
  assert.equal(parseFieldSelector('status.phase=Failed', fields)(web), false);
  assert.throws(() => parseFieldSelector('spec.image=x', fields), /field label not supported: spec.image/);
  assert.throws(() => parseFieldSelector('nonsense', fields), StatusError);
});
