import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFields, FieldTypeError } from './check-fields.ts';
import { decodeProtobuf } from './decode-protobuf.ts';

const field = (id: number, ...content: (Buffer | string)[]) => {
  const bytes = Buffer.concat(content.map((one) => Buffer.from(one as string)));
  return Buffer.concat([Buffer.from([(id << 3) | 2, bytes.length]), bytes]);
};

test('kubectl’s protobuf decodes to the object that it would send as JSON', () => {
  const entry = field(2, field(1, 'key'), field(2, 'value'));
  const metadata = field(
    1,
    field(1, 'settings'),
    field(3, ''),
    field(8, Buffer.alloc(0)),
    field(11, field(1, 'a'), field(2, 'b')),
  );
  const typeMeta = field(1, field(1, 'v1'), field(2, 'ConfigMap'));
  const body = Buffer.concat([Buffer.from('k8s\0'), typeMeta, field(2, metadata, entry)]);
  assert.deepEqual(decodeProtobuf(body), {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', labels: { a: 'b' } },
    data: { key: 'value' },
  });
  assert.throws(() => decodeProtobuf(Buffer.from('{"a":1}')), /does not begin/);
  assert.throws(
    () => decodeProtobuf(Buffer.concat([Buffer.from('k8s\0'), field(1, field(1, 'v9'), field(2, 'None'))])),
    /no such message/,
  );
});

test('fields are checked against their kind’s types, and unknown fields are left out', () => {
  const spec = {
    containers: [{ name: 'a', imagee: 'x', ports: [{ containerPort: 80 }] }],
    volumes: [{ name: 'v', emptyDir: {} }],
  };
  const { object, unknown } = checkFields('v1', 'Pod', {
    spec,
    metadata: { labels: { a: 'b' }, creationTimestamp: null },
  });
  assert.deepEqual(unknown, ['spec.containers[0].imagee']);
  assert.deepEqual(object['spec'], {
    containers: [{ name: 'a', ports: [{ containerPort: 80 }] }],
    volumes: [{ name: 'v', emptyDir: {} }],
  });
  for (const [wrong, words] of [
    [
      { spec: { containers: {} } },
      /cannot unmarshal object into Go struct field PodSpec\.spec\.containers of type \[\]v1\.Container/,
    ],
    [
      { spec: { containers: [{ ports: [{ containerPort: '80' }] }] } },
      /cannot unmarshal string .*containerPort of type int32/,
    ],
    [{ metadata: { labels: { a: 1 } } }, /cannot unmarshal number .*metadata\.labels\.a of type string/],
    [{ spec: 5 }, /cannot unmarshal number/],
  ] as const) {
    assert.throws(
      () => checkFields('v1', 'Pod', wrong),
      (error) => error instanceof FieldTypeError && words.test(error.message),
    );
  }
});
