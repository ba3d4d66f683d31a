import type { Resource } from '../api/resources.ts';
import { storageKey } from '../api/resources.ts';
import { StatusError } from '../api/status.ts';
import { checkFields, FieldTypeError } from '../schema/check-fields.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { type FieldError, invalid, requireValid } from './field-error.ts';
import { checkLabelName, checkLabels, checkObjectName } from './object-names.ts';
import { podRules } from './pod-rules.ts';
import type { Rules } from './rules.ts';
import { serviceRules } from './service-rules.ts';
import { deploymentRules, replicaSetRules } from './workload-rules.ts';

const rules: Record<string, Rules> = {
  pods: podRules,
  services: serviceRules,
  'deployments.apps': deploymentRules,
  'replicasets.apps': replicaSetRules,
  namespaces: {
    onCreate: (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    }),
    onUpdate: (next) => next,
  },
  secrets: {
    onCreate: (object) => {
      const { stringData, ...rest } = object as StoredObject & { stringData?: Record<string, string> };
      const added = Object.entries(stringData ?? {}).map(([key, value]) => [
        key,
        Buffer.from(value).toString('base64'),
      ]);
      const data = { ...(rest['data'] as object | undefined), ...Object.fromEntries(added) };
      return { ...rest, type: rest['type'] ?? 'Opaque', ...(Object.keys(data).length > 0 ? { data } : {}) };
    },
    onUpdate: (next) => next,
  },
};

export interface Admitted {
  object: StoredObject;
  /** Fields that the kind does not have, which were left out. */
  unknown: string[];
}

/** Checks and completes what a client wants to store. `current` is undefined for a new object. */
export function admit(
  resource: Resource,
  object: StoredObject,
  current: StoredObject | undefined,
  store: ObjectStore,
  subresource: string | undefined,
): Admitted {
  const { object: checked, unknown } = requireTypes(resource, object);
  const typed = checked as unknown as StoredObject;
  const { name, labels } = typed.metadata;
  const isDns = resource.group !== 'rbac.authorization.k8s.io';
  const errors: FieldError[] = [
    ...(current === undefined && isDns
      ? resource.plural === 'namespaces'
        ? checkLabelName('metadata.name', name)
        : checkObjectName('metadata.name', name)
      : []),
    ...checkLabels('metadata.labels', labels),
    ...(current !== undefined && typed.metadata.uid && typed.metadata.uid !== current.metadata.uid
      ? [invalid('metadata.uid', typed.metadata.uid, 'field is immutable')]
      : []),
  ];
  requireValid(resource.kind, resource.group, name, errors);
  const own = rules[storageKey(resource)];
  if (own === undefined) return { object: typed, unknown };
  const admitted =
    current === undefined ? own.onCreate(typed, store) : own.onUpdate(typed, current, store, subresource);
  return { object: admitted, unknown };
}

function requireTypes(resource: Resource, object: StoredObject) {
  try {
    return checkFields(object.apiVersion, object.kind, object);
  } catch (error) {
    if (!(error instanceof FieldTypeError)) throw error;
    throw new StatusError(
      'BadRequest',
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${error.message}`,
    );
  }
}
