import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainInvalidImage, toFullImageName } from './image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

for (const image of [
  'busybox',
  'busybox:1.36',
  'nicolaka/netshoot',
  'localhost:5000/team/tool:v1.2_3',
  'ghcr.io/a/b__c-d.e:latest',
  `alpine@${digest}`,
  `registry.k8s.io/x/y:1@${digest}`,
  '[::1]:5000/x',
]) {
  test(`accepts ${image.slice(0, 50)}`, () => assert.equal(explainInvalidImage(image), undefined));
}

for (const [image, says] of [
  ['', /Type the name/],
  ['busy box', /no spaces/],
  ['BusyBox', /capitals/],
  ['busybox:', /not a tag/],
  ['busybox:bad tag', /no spaces/],
  ['a//b', /empty part/],
  ['-x', /not part of an image name/],
  ['busybox@sha256:zz', /digest/],
  ['a@b@c', /at most one @/],
  ['bad_host.io/x', /registry/],
  [`${'a'.repeat(256)}`, /255/],
  ['x/../y', /not part/],
  ['busybox;rm', /not part/],
] as const) {
  test(`refuses ${JSON.stringify(image.slice(0, 30))} and says why`, () => {
    assert.match(explainInvalidImage(image) ?? '', says);
  });
}

test('an image’s full name is the one that nodes list', () => {
  for (const [image, full] of [
    ['busybox', 'docker.io/library/busybox:latest'],
    ['busybox:1.36', 'docker.io/library/busybox:1.36'],
    ['nicolaka/netshoot:v0.14', 'docker.io/nicolaka/netshoot:v0.14'],
    ['localhost/web:1', 'localhost/web:1'],
    ['registry:5000/a/b', 'registry:5000/a/b:latest'],
    ['quay.io/a@sha256:0123', 'quay.io/a@sha256:0123'],
  ] as const)
    assert.equal(toFullImageName(image), full);
});
