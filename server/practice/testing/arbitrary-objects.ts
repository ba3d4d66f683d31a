import fc from 'fast-check';

/** Names of objects, and names that a client might try. */
export const names = fc.constantFrom(
  ...['target', 'x', 'Bad', '', '..', '%00', 'a'.repeat(300), 'default', '\u{1f600}', 'ä', 'a b', '-', '0'],
);
/** Names of fields. */
const fieldNames = fc.constantFrom(
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'labels',
  'spec',
  'containers',
  'image',
  'status',
  'data',
  'ownerReferences',
  'finalizers',
  'ephemeralContainers',
  'volumes',
  'env',
  'ports',
  '__proto__',
  'constructor',
  '$patch',
  '$retainKeys',
  '$setElementOrder/containers',
  'resourceVersion',
  'uid',
  'replicas',
  'selector',
  'template',
  'rules',
  'gracePeriodSeconds',
  'managedFields',
);
const kinds = fc.constantFrom('Pod', 'ConfigMap', 'Deployment', 'Service', 'v1', 'apps/v1', 'Role', 'target');
/** JSON that resembles Kubernetes objects in places. */
export const { value: json } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', 'x', 'main', 'busybox', '\0', '2026-01-01T00:00:00Z', '100m'),
    names,
    kinds,
    tie('object'),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
  object: fc.dictionary(fieldNames, tie('value'), { maxKeys: 8 }),
}));

/** An envelope in protobuf that says Pod, around any bytes. */
export function podEnvelope(raw: Uint8Array): Buffer {
  const field = (id: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([(id << 3) | 2, content.length]), content]);
  const typeMeta = Buffer.concat([field(1, Buffer.from('v1')), field(2, Buffer.from('Pod'))]);
  return Buffer.concat([Buffer.from('k8s\0'), field(1, typeMeta), field(2, raw)]);
}

/** A refusal is an Error; a failed assertion is none. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name !== 'AssertionError';
}
