import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mirrorContainer } from './mirror.ts';

const secret = { name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } };
const pod = {
  spec: {
    securityContext: { runAsUser: 1000, runAsGroup: 2000, fsGroup: 3000 },
    containers: [
      {
        name: 'web',
        env: [secret, { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }],
        envFrom: [{ configMapRef: { name: 'c' } }],
        securityContext: { runAsUser: 101, privileged: true },
        volumeMounts: [
          { name: 'data', mountPath: '/data', mountPropagation: 'Bidirectional' },
          { name: 'config', mountPath: '/etc/app.conf', subPath: 'app.conf' },
        ],
      },
      { name: 'plain' },
    ],
  },
};

test('volumes are read alone, variables keep where they come from, and the user is the container’s before the pod’s', () => {
  assert.deepEqual(mirrorContainer(pod, 'web'), {
    fields: {
      volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }],
      env: [secret, { name: 'CPU', valueFrom: { resourceFieldRef: { containerName: 'web', resource: 'limits.cpu' } } }],
      envFrom: [{ configMapRef: { name: 'c' } }],
      securityContext: { runAsUser: 101, runAsGroup: 2000 },
    },
    leftOut: ['/etc/app.conf: an ephemeral container can’t mount a part (subPath) of volume config'],
  });
  assert.deepEqual(mirrorContainer(pod, 'plain')?.fields, { securityContext: { runAsUser: 1000, runAsGroup: 2000 } });
  assert.equal(mirrorContainer(pod, 'none'), undefined);
});
