// Writes server/practice/schema/kubernetes.json from Kubernetes' own .proto files: what kinds there are, their fields with
// types, documentation and merge keys; and lib/merge-keys.ts from those keys. Run it for a new version: node scripts/kubernetes-schema.ts 0.33.13 (it needs Go, for
// the modules).
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { toMergeKeysFile } from './merge-keys.ts';

const [version] = process.argv.slice(2);
if (version === undefined) {
  console.error('usage: kubernetes-schema.ts VERSION, such as 0.33.13');
  process.exit(2);
}
const modules = new Map(
  ['api', 'apimachinery'].map((name) => {
    const words = ['mod', 'download', '-json', `k8s.io/${name}@v${version}`];
    const { Dir } = JSON.parse(execFileSync('go', words, { encoding: 'utf8' })) as { Dir: string };
    return [name, Dir];
  }),
);
const packages = [
  'api/core/v1',
  'api/apps/v1',
  'api/authentication/v1',
  'api/authorization/v1',
  'api/discovery/v1',
  'api/rbac/v1',
  'apimachinery/pkg/apis/meta/v1',
  'apimachinery/pkg/api/resource',
  'apimachinery/pkg/runtime',
  'apimachinery/pkg/runtime/schema',
  'apimachinery/pkg/util/intstr',
];
/** What the practice cluster serves or reads, and with it all that these refer to. */
const roots = [
  ...['Pod', 'Namespace', 'Node', 'Event', 'Service', 'ConfigMap', 'Secret', 'ServiceAccount', 'Binding'].map(
    (kind) => `k8s.io.api.core.v1.${kind}`,
  ),
  'k8s.io.api.apps.v1.Deployment',
  'k8s.io.api.apps.v1.ReplicaSet',
  'k8s.io.api.discovery.v1.EndpointSlice',
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => `k8s.io.api.rbac.v1.${kind}`),
  ...['SelfSubjectAccessReview', 'SelfSubjectRulesReview'].map((kind) => `k8s.io.api.authorization.v1.${kind}`),
  ...['SelfSubjectReview', 'TokenRequest'].map((kind) => `k8s.io.api.authentication.v1.${kind}`),
  ...['DeleteOptions', 'Status'].map((kind) => `k8s.io.apimachinery.pkg.apis.meta.v1.${kind}`),
  'k8s.io.apimachinery.pkg.runtime.Unknown',
];

const root = new protobuf.Root();
for (const path of packages) {
  const [module = '', ...rest] = path.split('/');
  const text = readFileSync(join(modules.get(module) ?? '', ...rest, 'generated.proto'), 'utf8');
  protobuf.parse(text, root, { keepCase: true, alternateCommentMode: true });
}
root.resolveAll();

interface Field {
  id: number;
  /** A scalar's name, or the full name of a message. */
  type: string;
  list?: true;
  map?: true;
  doc?: string;
  /** JSON has the fields of this message in place of it, as Go has an embedded struct. */
  inline?: true;
  /** The key by which a strategic merge patch merges the list's elements. */
  mergeKey?: string;
  /** The patch strategy merges this list, or replaces this object's other keys. */
  strategy?: string;
}

/** The names that protobuf gives to embedded structs. */
const embedded = new Set(['volumeSource', 'ephemeralContainerCommon', 'handler', 'localObjectReference']);

const messages: Record<string, { doc?: string; fields: Record<string, Field> }> = {};
const waiting = [...roots];
for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
  if (name in messages) continue;
  const type = root.lookupType(name);
  const fields: Record<string, Field> = {};
  messages[name] = { ...docOf(type.comment), fields };
  for (const field of type.fieldsArray) {
    const target = field.resolvedType?.fullName.slice(1);
    if (target !== undefined) waiting.push(target);
    fields[field.name] = {
      id: field.id,
      type: target ?? field.type,
      ...(field.map ? { map: true } : field.repeated ? { list: true } : {}),
      ...(embedded.has(field.name) && target !== undefined ? { inline: true as const } : {}),
      ...tag(field.comment, 'patchMergeKey', 'mergeKey'),
      ...tag(field.comment, 'patchStrategy', 'strategy'),
      ...docOf(field.comment),
    };
  }
}
const file = join(import.meta.dirname, '../server/practice/schema/kubernetes.json');
const schema = { source: `k8s.io/api v${version}, Apache-2.0, The Kubernetes Authors`, messages };
writeFileSync(file, `${JSON.stringify(schema, null, 1)}\n`);
writeFileSync(join(import.meta.dirname, '../lib/merge-keys.ts'), toMergeKeysFile(schema));
console.log(`${file}: ${Object.keys(messages).length} messages`);

/** The documentation without the tags that are for generators. */
function docOf(comment: string | null): { doc?: string } {
  const doc = (comment ?? '')
    .split('\n')
    .filter((line) => !/^\s*\+/.test(line) && !/^\s*---/.test(line))
    .join('\n')
    .trim();
  return doc === '' ? {} : { doc };
}

function tag(comment: string | null, name: string, as: string): Record<string, string> {
  const value = new RegExp(`^\\s*\\+${name}=(\\S+)`, 'm').exec(comment ?? '')?.[1];
  return value === undefined ? {} : { [as]: value };
}
