import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toDebugCommand } from './kubectl.ts';

test('a debug command can be pasted into a shell as it is', () => {
  const request = {
    kind: 'ephemeral',
    context: 'lab admin',
    namespace: 'shop',
    pod: 'cart-7d',
    image: 'busybox:1.36',
    target: 'web',
    profile: 'general',
    command: ['sh', '-c', "echo 'hi'"],
  } as const;
  assert.equal(
    toDebugCommand({ ...request, command: [...request.command] }),
    "kubectl --context 'lab admin' -n shop debug -it cart-7d --image busybox:1.36 --target web --profile general -- sh -c 'echo '\\''hi'\\'''",
  );
});

test('what --env would read otherwise goes into --custom, and what is set there wins', () => {
  const command = toDebugCommand({
    kind: 'ephemeral',
    context: 'c',
    namespace: 'shop',
    pod: 'p',
    image: 'busybox',
    profile: 'general',
    pullPolicy: 'Never',
    command: ['a b'],
    isArguments: true,
    env: [
      { name: 'PLAIN', value: 'x,y z' },
      { name: 'TWO', value: 'a=b' },
      { name: 'OWN', value: '"quoted"' },
    ],
    custom: { env: [{ name: 'OWN', value: "it's" }] },
  });
  assert.equal(
    command,
    "kubectl --context c -n shop debug -it p --image busybox --profile general --image-pull-policy Never --env 'PLAIN=x,y z' --arguments-only " +
      `--custom <(printf %s '{"env":[{"name":"OWN","value":"it'\\''s"},{"name":"TWO","value":"a=b"}]}') -- 'a b'`,
  );
});
