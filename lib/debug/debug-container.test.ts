import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toEphemeralContainer } from './debug-container.ts';

test('what is not chosen is not in the container', () => {
  assert.deepEqual(toEphemeralContainer('d', { image: 'busybox', profile: 'baseline' }), {
    name: 'd',
    image: 'busybox',
    stdin: true,
    tty: true,
    terminationMessagePolicy: 'File',
  });
});

test('a command replaces the image’s program, arguments are given to it', () => {
  const options = { image: 'busybox', profile: 'baseline', command: ['a', 'b'] } as const;
  const command = [...options.command];
  assert.deepEqual(toEphemeralContainer('d', { ...options, command })['command'], ['a', 'b']);
  const given = toEphemeralContainer('d', { ...options, command, isArguments: true });
  assert.deepEqual([given['command'], given['args']], [undefined, ['a', 'b']]);
});

test('custom fields are merged over the profile’s: objects field by field, variables by name', () => {
  const container = toEphemeralContainer('d', {
    image: 'busybox',
    profile: 'restricted',
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    custom: { securityContext: { runAsUser: 1000 }, env: [{ name: 'A', value: '3' }], workingDir: '/tmp' },
  });
  assert.deepEqual(container['securityContext'], {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  assert.deepEqual(container['env'], [
    { name: 'A', value: '3' },
    { name: 'B', value: '2' },
  ]);
  assert.equal(container['workingDir'], '/tmp');
});
