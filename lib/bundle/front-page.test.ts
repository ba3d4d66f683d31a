import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PodDetail } from '../pods.ts';
import { toFrontPage } from './front-page.ts';

test('the first page says how it was and what is there, and nothing in it is markup of others', () => {
  const pod = {
    namespace: 'shop',
    name: 'web-1',
    status: 'CrashLoopBackOff',
    createdAt: 0,
    containers: [
      {
        name: 'web',
        kind: 'main',
        image: 'web:1',
        restarts: 2,
        state: { kind: 'waiting', reason: 'CrashLoopBackOff' },
      },
    ],
  } as unknown as PodDetail;
  const text = toFrontPage({
    pod,
    context: 'prod',
    at: 0,
    timeline: [
      { key: 'a', at: 0, level: 'problem', what: 'Ended', text: '<b>one</b>\ntwo', container: 'web', count: 3 },
      { key: 'b', at: 0, level: 'done', what: 'Created', text: '', container: undefined, count: 1 },
    ],
    parts: [
      { kind: 'there', name: 'pod.yaml', about: 'the pod' },
      { kind: 'missing', name: 'network.txt', about: '', why: 'no shell' },
    ],
  });
  assert.match(text, /^# shop\/web-1$/m);
  assert.match(text, /^- web \(main, web:1\): waiting: CrashLoopBackOff, restarted 2 times$/m);
  assert.match(text, /\*\*Ended\*\* \(3 times\) web: \\<b\\>one\\<\/b\\> two$/m);
  assert.doesNotMatch(text, /Created\*\*/);
  assert.match(text, /^- network\.txt: not there\. no shell$/m);
});
