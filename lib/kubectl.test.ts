import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toDebugCommand } from './kubectl.ts';

test('a debug command can be pasted into a shell as it is', () => {
  const request = {
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
