import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerDetail, PodDetail } from '../pods.ts';
import { type AbilityName, predictAbilities } from './abilities.ts';
import type { EphemeralContainerOptions } from './debug-container.ts';

const web: ContainerDetail = {
  name: 'web',
  kind: 'main',
  image: 'web',
  containerId: undefined,
  state: { kind: 'running', startedAt: 0 },
  lastEnd: undefined,
  ready: true,
  restarts: 0,
  stdin: false,
  tty: false,
  target: undefined,
  user: undefined,
  addedCapabilities: [],
  privileged: false,
};

function podWith(container: Partial<ContainerDetail>, settings: Partial<PodDetail['settings']> = {}): PodDetail {
  return {
    uid: 'u',
    namespace: 'shop',
    name: 'p',
    node: 'n',
    phase: 'Running',
    status: 'Running',
    level: 'ok',
    podIP: undefined,
    createdAt: 0,
    deletedAt: undefined,
    owner: undefined,
    serviceAccount: undefined,
    user: undefined,
    labels: {},
    copiedFrom: undefined,
    debugContainer: undefined,
    conditions: [],
    volumes: [],
    settings: {
      hostNetwork: false,
      hostPID: false,
      hostIPC: false,
      hostUsers: true,
      shareProcessNamespace: false,
      ...settings,
    },
    containers: [{ ...web, ...container }],
  };
}

/** `is` of each ability, in the order of the card, by its first letter. */
function card(pod: PodDetail, options: Partial<EphemeralContainerOptions>): string {
  const abilities = predictAbilities(pod, { image: 'busybox', profile: 'general', target: 'web', ...options });
  return abilities.map(({ is }) => is.charAt(0)).join('');
}

function one(name: AbilityName, pod: PodDetail, options: Partial<EphemeralContainerOptions>) {
  const abilities = predictAbilities(pod, { image: 'busybox', profile: 'general', target: 'web', ...options });
  return abilities.find((ability) => ability.name === name);
}

test('root with SYS_PTRACE can do all but use volumes', () => {
  assert.equal(card(podWith({ user: 1000 }), {}), 'yyyyyn');
  assert.equal(card(podWith({ user: 1000 }), { profile: 'sysadmin' }), 'yyyyyn');
  assert.equal(card(podWith({}, { shareProcessNamespace: true }), { target: undefined }), 'yyyyyn');
});

test('without a target nothing of other processes can be had, and one is proposed', () => {
  assert.equal(card(podWith({}), { target: undefined }), 'nnnnyn');
  assert.deepEqual(one('files', podWith({}), { target: undefined })?.cure, { target: 'web' });
});

test('without SYS_PTRACE it is the users that count, and the capabilities of the target', () => {
  const baseline = { profile: 'baseline' } as const;
  assert.equal(card(podWith({ user: 1000 }), baseline), 'yynnyn');
  assert.equal(card(podWith({ user: 0 }), baseline), 'yyyuyn');
  assert.equal(card(podWith({ user: 0, addedCapabilities: ['CAP_NET_ADMIN'] }), baseline), 'yynnyn');
  assert.deepEqual(one('files', podWith({ user: 1000 }), baseline)?.cure, { profile: 'general' });
});

test('a user that is not root has no capabilities, whatever the profile adds', () => {
  const as = (runAsUser: number) => ({ custom: { securityContext: { runAsUser } } });
  assert.equal(card(podWith({ user: 1000 }), as(1000)), 'yyyuyn');
  assert.equal(card(podWith({ user: 1000 }), as(2000)), 'ynnnyn');
  assert.match(one('files', podWith({ user: 1000 }), as(2000))?.why ?? '', /given to root alone/);
  assert.deepEqual(one('files', podWith({ user: 1000 }), as(2000))?.cure, { user: 1000 });
});

test('what only an image knows is not guessed', () => {
  assert.equal(card(podWith({ user: 1000 }), { image: 'example.org/tools', profile: 'restricted' }), 'yuuuyn');
  assert.equal(card({ ...podWith({ user: 1000 }), user: 1000 }, { image: 'example.org/tools' }), 'yyyuyn');
});

test('volumes are those that are mounted', () => {
  const custom = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };
  assert.deepEqual(one('volumes', podWith({}), { custom }), {
    name: 'volumes',
    is: 'yes',
    why: 'Mounted at /data.',
  });
});
