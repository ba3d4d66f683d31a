/** Where two answers differ: the path, and both values; undefined for a field that one of them lacks. */
export interface Difference {
  path: string;
  real: unknown;
  practice: unknown;
}

/** Fields whose values are new in every cluster. */
const volatile = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'lastTransitionTime',
  'lastUpdateTime',
  'startTime',
  'startedAt',
  'finishedAt',
  'firstTimestamp',
  'lastTimestamp',
  'eventTime',
  'containerID',
  'imageID',
  'podIP',
  'podIPs',
  'hostIP',
  'hostIPs',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'nodeName',
  'host',
  'reportingInstance',
  'addresses',
  'storageVersionHash',
  'serverAddress',
  'pod-template-hash',
]);
/** Parts of texts that are new in every cluster, and what stands for them. */
const placeholders: [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID'],
  [/\b[0-9a-f]{64}\b/g, 'ID'],
  [/\b10\.\d+\.\d+\.\d+\b/g, 'IP'],
  [/\b(py-serv|store)-[a-z0-9]{8,10}(-[a-z0-9]{5})?\b/g, '$1-GENERATED'],
  [/\bpy-serv-[a-z0-9]{5}\b/g, 'py-serv-GENERATED'],
  [/\b(node-a|practice)\b/g, 'NODE'],
  [/\b(\d+(\.\d+)?(ms|[smhd]))+\b/g, 'DURATION'],
  [/\.[0-9a-f]{11,16}\b/g, '.EVENT'],
  [/80:\d{5}/g, '80:PORT'],
  // Which of both depends on the moment.
  [/image can't be pulled|trying and failing to pull image/, 'NO IMAGE'],
];

export function normalize(value: unknown): unknown {
  if (typeof value === 'string')
    return placeholders.reduce((text, [pattern, stand]) => text.replace(pattern, stand), value);
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !volatile.has(key))
      .map(([key, one]) => [key, normalize(one)]),
  );
}

export function differences(real: unknown, practice: unknown, path = ''): Difference[] {
  if (Array.isArray(real) && Array.isArray(practice)) {
    const [a, b] = [byName(real), byName(practice)];
    return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) =>
      differences(a.get(key), b.get(key), `${path}[${key}]`),
    );
  }
  if (isObject(real) && isObject(practice)) {
    const keys = [...new Set([...Object.keys(real), ...Object.keys(practice)])];
    return keys.flatMap((key) => differences(real[key], practice[key], path === '' ? key : `${path}.${key}`));
  }
  return real === practice ? [] : [{ path, real, practice }];
}

/** Lists whose elements say what they are have no order that matters; others are by their place. */
function byName(list: readonly unknown[]): Map<string, unknown> {
  const result = new Map<string, unknown>();
  for (const [index, one] of list.entries()) {
    const name = nameOf(one) ?? String(index);
    result.set(result.has(name) ? `${name} ${index}` : name, one);
  }
  return result;
}

function nameOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const name = 'involvedObject' in value ? value['reason'] : (value['name'] ?? value['type'] ?? value['key']);
  return typeof name === 'string' ? name : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
