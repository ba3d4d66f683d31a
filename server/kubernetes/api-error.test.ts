import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiCall } from './api-call.ts';
import { ApiStatusError, toApiError } from './api-error.ts';

const words = { context: 'c', server: 'https://cluster', user: 'ann' };
const patch: ApiCall = {
  verb: 'patch',
  resource: 'pods',
  subresource: 'ephemeralcontainers',
  namespace: 'shop',
  name: 'cart',
};
const create: ApiCall = { verb: 'create', resource: 'pods', namespace: 'shop' };

function explain(status: number, message: string, { call = patch, reason }: { call?: ApiCall; reason?: string } = {}) {
  const body = { kind: 'Status', message, ...(reason === undefined ? {} : { reason }) };
  return toApiError(new ApiStatusError(status, body), call, words);
}

// What API servers say, as they were seen to (Kubernetes 1.33) or as their sources have it.

test('RBAC is told from admission: only a Role helps against the one, and none against the other', () => {
  const rbac = explain(403, 'pods "cart" is forbidden: User "ann" cannot patch resource "pods/ephemeralcontainers"');
  assert.equal(rbac.code, 'forbidden');
  assert.match(rbac.role ?? '', /pods\/ephemeralcontainers/);
  const policy = explain(403, 'pods "cart" is forbidden: violates PodSecurity "restricted:latest": …');
  assert.equal(policy.code, 'policy');
  assert.equal(policy.role, undefined);
  assert.match(policy.message, /the namespace’s policy says it violates PodSecurity/);
  const token = explain(403, 'pods "x" is forbidden: error looking up service account shop/gone: not found', {
    call: create,
  });
  assert.match(token.message, /^This pod may not be made: .*error looking up service account/);
});

test('a quota that is used up is told as that', () => {
  const quota = 'pods "x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=3, limited: pods=3';
  const error = explain(403, quota, { call: create });
  assert.equal(error.code, 'policy');
  assert.match(error.message, /^This pod may not be made: the namespace’s quota is used up: .*limited: pods=3/);
  assert.match(error.next ?? '', /A debugger in the pod itself needs none/);
});

test('a webhook that refuses, one that does not answer, and a policy are named', () => {
  for (const status of [400, 403]) {
    const refusal = explain(status, 'admission webhook "images.example.com" denied the request: not from there');
    assert.equal(refusal.code, 'policy');
    assert.match(refusal.message, /: webhook images\.example\.com says: not from there$/);
  }
  const broken = explain(
    500,
    'Internal error occurred: failed calling webhook "images.example.com": failed to call webhook: connection refused',
  );
  assert.equal(broken.code, 'policy');
  assert.match(broken.message, /webhook images\.example\.com .*does not answer: .*connection refused$/);
  const policy =
    "pods \"cart\" is forbidden: ValidatingAdmissionPolicy 'no-ptrace' with binding 'all' denied request: SYS_PTRACE is ours";
  for (const status of [403, 422])
    assert.match(explain(status, policy).message, /policy no-ptrace says: SYS_PTRACE is ours$/);
});

test('a cluster without ephemeral containers is told from a pod that is gone', () => {
  const old = explain(404, 'the server could not find the requested resource');
  assert.match(old.message, /has no ephemeral containers: it is older than Kubernetes 1\.23/);
  assert.match(old.next ?? '', /copy of the pod/);
  assert.equal(explain(404, 'pods "cart" not found').code, 'gone');
});

test('a name that is taken is told from a change at the same moment', () => {
  const taken = explain(409, 'pods "cart-debug" already exists', { call: create, reason: 'AlreadyExists' });
  assert.match(taken.message, /^There is a pod of this name already/);
  assert.match(taken.next ?? '', /another name/);
  const raced = explain(409, 'the object has been modified', { reason: 'Conflict' });
  assert.match(raced.message, /changed at the same moment/);
  assert.equal(raced.next, 'Try again.');
});

test('what the API server finds wrong with a pod is told in its words', () => {
  const said = 'Pod "cart" is invalid: spec.ephemeralContainers[0].volumeMounts[0].name: Not found: "none"';
  const error = explain(422, said, { reason: 'Invalid' });
  assert.equal(error.code, 'invalid');
  assert.ok(error.message.endsWith(said));
});
