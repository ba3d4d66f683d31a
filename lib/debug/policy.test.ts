import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DebugPolicy, defaultPolicy, explainNotAllowed } from './policy.ts';

const strict: DebugPolicy = {
  images: [{ image: 'busybox:1.36', what: '' }],
  onlyListedImages: true,
  profiles: ['baseline', 'restricted'],
  kinds: ['ephemeral', 'copy'],
};
const pod = { context: 'c', namespace: 'n', pod: 'p' };
const asked = { kind: 'ephemeral', ...pod, image: 'busybox:1.36', profile: 'baseline' } as const;

test('images and profiles that are not listed are refused, by whatever way they come', () => {
  assert.equal(explainNotAllowed(strict, asked), undefined);
  assert.match(
    explainNotAllowed(strict, { ...asked, image: 'alpine' }) ?? '',
    /^Only these images .*: busybox:1\.36\.$/,
  );
  const copy = { ...asked, kind: 'copy' as const, copyName: 'x', keep: [] };
  assert.match(explainNotAllowed(strict, { ...copy, setImages: { web: 'evil' } }) ?? '', /^Only these images/);
  assert.match(explainNotAllowed(strict, { ...asked, profile: 'sysadmin' }) ?? '', /^Profile sysadmin may not/);
  const { pod: _, ...onNode } = asked;
  assert.match(explainNotAllowed(strict, { ...onNode, kind: 'node', node: 'a' }) ?? '', /^Nodes may not/);
  const custom = (securityContext: object) => explainNotAllowed(strict, { ...asked, custom: { securityContext } });
  assert.match(custom({ privileged: true }) ?? '', /^securityContext\.privileged may not/);
  assert.match(custom({ capabilities: { add: ['SYS_ADMIN'] } }) ?? '', /capabilities/);
  assert.equal(custom({ runAsUser: 1000 }), undefined);
});

test('by default everything may be started', () => {
  const custom = { securityContext: { privileged: true } };
  assert.equal(explainNotAllowed(defaultPolicy, { ...asked, image: 'any', profile: 'sysadmin', custom }), undefined);
});
