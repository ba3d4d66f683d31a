import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A field of a message in kubernetes.json. scripts/kubernetes-schema.ts generates that file from Kubernetes' .proto
 * files.
 */
export interface Field {
  id: number;
  /** A scalar's name in protobuf, or the full name of a message. */
  type: string;
  list?: true;
  map?: true;
  inline?: true;
  doc?: string;
  mergeKey?: string;
  strategy?: string;
}

export interface Message {
  doc?: string;
  fields: Record<string, Field>;
}

let messages: Record<string, Message> | undefined;

export function allMessages(): Record<string, Message> {
  messages ??= (
    JSON.parse(readFileSync(join(import.meta.dirname, 'kubernetes.json'), 'utf8')) as {
      messages: Record<string, Message>;
    }
  ).messages;
  return messages;
}

export function findMessage(name: string): Message | undefined {
  return Object.hasOwn(allMessages(), name) ? allMessages()[name] : undefined;
}

/** The full name of a kind's message: `k8s.io.api.apps.v1.Deployment`. */
export function messageName(apiVersion: string, kind: string): string {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const name = `k8s.io.api.${group.split('.')[0]}.${version}.${kind}`;
  return findMessage(name) === undefined ? `k8s.io.apimachinery.pkg.apis.meta.${version}.${kind}` : name;
}

/** The fields as in JSON, with those of embedded messages inline. */
export function jsonFields(message: Message): Record<string, Field> {
  const fields: Record<string, Field> = {};
  for (const [name, field] of Object.entries(message.fields)) {
    const embedded = field.inline ? findMessage(field.type) : undefined;
    if (embedded === undefined) fields[name] = field;
    else Object.assign(fields, jsonFields(embedded));
  }
  return fields;
}

/** Special forms in which JSON writes some messages. */
export type SpecialForm = 'time' | 'quantity' | 'int-or-string' | 'raw' | 'list-of-strings';

const meta = 'k8s.io.apimachinery.pkg.apis.meta.v1';
const specialForms: Record<string, SpecialForm> = {
  [`${meta}.Time`]: 'time',
  [`${meta}.MicroTime`]: 'time',
  'k8s.io.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
  [`${meta}.FieldsV1`]: 'raw',
  'k8s.io.apimachinery.pkg.runtime.RawExtension': 'raw',
  'k8s.io.api.authentication.v1.ExtraValue': 'list-of-strings',
  'k8s.io.api.authorization.v1.ExtraValue': 'list-of-strings',
};

export function specialFormOf(type: string): SpecialForm | undefined {
  return Object.hasOwn(specialForms, type) ? specialForms[type] : undefined;
}
