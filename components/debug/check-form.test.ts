import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPolicy } from '#lib/debug/policy.ts';
import { checkForm } from './check-form.ts';
import { type DebugForm, newForm } from './debug-form.ts';

const link = { context: 'c', namespace: 'shop', pod: 'web-1' };
const check = (change: Partial<DebugForm>, policy = defaultPolicy) =>
  checkForm({ ...newForm('web-1', policy, {}), ...change }, { link, node: 'node-a', policy });
const requestOf = (change: Partial<DebugForm>) => {
  const checked = check(change);
  assert.ok(checked.ok, JSON.stringify(checked));
  return checked.request;
};
const problemsOf = (change: Partial<DebugForm>, policy = defaultPolicy) => {
  const checked = check(change, policy);
  return checked.ok ? {} : checked.problems;
};

test('the request of each kind has its own fields and none of the others', () => {
  const all = { target: 'web', copyName: 'x', setImages: 'web=nginx:1', sameNode: true, user: '1:2' };
  const custom = { securityContext: { runAsUser: 1, runAsGroup: 2 } };
  assert.deepEqual(requestOf(all), {
    kind: 'ephemeral',
    ...link,
    image: 'busybox:1.36',
    target: 'web',
    profile: 'general',
    custom,
  });
  assert.deepEqual(requestOf({ ...all, kind: 'copy' }), {
    kind: 'copy',
    ...link,
    copyName: 'x',
    image: 'busybox:1.36',
    setImages: { web: 'nginx:1' },
    sameNode: true,
    keep: ['initContainers'],
    profile: 'general',
    custom,
  });
  const { pod: _, ...place } = link;
  const onNode = { kind: 'node', ...place, node: 'node-a', image: 'busybox:1.36', profile: 'general', custom };
  assert.deepEqual(requestOf({ ...all, kind: 'node' }), onNode);
  const form = { ...newForm('web-1', defaultPolicy, {}), kind: 'node' as const };
  assert.deepEqual(checkForm(form, { link, node: undefined, policy: defaultPolicy }), { ok: false, problems: {} });
});

test('a problem is reported at its field, and only while the field is shown', () => {
  assert.match(problemsOf({ image: '' }).image ?? '', /Type the name/);
  assert.deepEqual(problemsOf({ kind: 'copy', image: '', setImages: '*=nginx:1' }), {});
  assert.match(problemsOf({ kind: 'copy', setImages: 'web=nginx:1\nnginx' }).setImages ?? '', /^Line 2: it is/);
  assert.deepEqual(problemsOf({ setImages: 'nginx' }), {});
  assert.match(problemsOf({ kind: 'copy', copyName: 'Web' }).copyName ?? '', /Lower case/);
  assert.match(problemsOf({ user: 'root' }).user ?? '', /UID/);
  const ports = { custom: { ok: true, fields: { ports: [] } } } as const;
  assert.match(problemsOf(ports).custom ?? '', /An ephemeral container can’t have ports/);
  assert.deepEqual(problemsOf({ ...ports, kind: 'copy' }), {});
  assert.match(problemsOf({ image: 'x' }, { ...defaultPolicy, onlyListedImages: true }).image ?? '', /^Only these/);
});

test('a copy gets a name of its own that is valid as a host name', () => {
  assert.match(newForm('web-1', defaultPolicy, {}).copyName, /^web-1-debug-[0-9a-z]{4}$/);
  const long = newForm(`${'a'.repeat(52)}.${'b'.repeat(40)}`, defaultPolicy, {}).copyName;
  assert.match(long, /^a{52}-debug-[0-9a-z]{4}$/);
  assert.match(newForm('web.v1', defaultPolicy, {}).copyName, /^web-v1-debug-/);
});

test('a form begins with allowed values', () => {
  const policy = { ...defaultPolicy, kinds: ['copy'], profiles: ['restricted'] } as const;
  const form = newForm('web-1', policy, { kind: 'node', profile: 'sysadmin' });
  assert.deepEqual([form.kind, form.profile], ['copy', 'restricted']);
});
