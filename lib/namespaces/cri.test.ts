import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toNamespaceOption } from './cri.ts';

const plain = { hostNetwork: false, hostPID: false, hostIPC: false, hostUsers: true, shareProcessNamespace: undefined };
const pid = (settings: object, target?: string) => toNamespaceOption({ ...plain, ...settings }, target, 'abc').pid;

test('a target counts only where each container has processes of its own', () => {
  assert.equal(pid({}), 'CONTAINER');
  assert.equal(pid({}, 'web'), 'TARGET');
  assert.equal(pid({ shareProcessNamespace: true }, 'web'), 'POD');
  assert.equal(pid({ hostPID: true, shareProcessNamespace: undefined }, 'web'), 'NODE');
  assert.deepEqual(toNamespaceOption({ ...plain, hostNetwork: true, hostIPC: true, hostUsers: false }, 'web', 'abc'), {
    network: 'NODE',
    pid: 'TARGET',
    ipc: 'NODE',
    target_id: 'abc',
    userns_options: { mode: 'POD' },
  });
  assert.equal('target_id' in toNamespaceOption({ ...plain, hostPID: true }, 'web', 'abc'), false);
});
