import { storageKey } from '../api/resources.ts';
import { StatusError } from '../api/status.ts';
import { type CheckedObject, checkFields, FieldTypeError } from '../schema/check-fields.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { type FieldError, invalid, requireValid } from './field-error.ts';
import { namespaceRules } from './namespace-rules.ts';
import { checkLabelName, checkLabels, checkObjectName } from './object-names.ts';
import { podRules } from './pod-rules.ts';
import type { AdmissionRequest, Rules } from './rules.ts';
import { secretRules } from './secret-rules.ts';
import { serviceRules } from './service-rules.ts';
import { deploymentRules, replicaSetRules } from './workload-rules.ts';

const rules: Record<string, Rules> = {
  pods: podRules,
  services: serviceRules,
  'deployments.apps': deploymentRules,
  'replicasets.apps': replicaSetRules,
  namespaces: namespaceRules,
  secrets: secretRules,
};

export interface Admitted {
  object: StoredObject;
  /** Fields that the kind does not have. They were left out. */
  unknown: string[];
}

/** Checks and completes what a client wants to store. */
export function admit(store: ObjectStore, request: AdmissionRequest): Admitted {
  const { resource, subresource, oldObject } = request;
  const { object, unknown } = requireTypes(request);
  requireValid({ kind: resource.kind, group: resource.group, name: object.metadata.name }, [
    ...nameErrors(request, object),
    ...checkLabels('metadata.labels', object.metadata.labels),
    ...uidErrors(object, oldObject),
  ]);
  const own = rules[storageKey(resource)];
  if (own === undefined) return { object, unknown };
  const admitted =
    oldObject === undefined ? own.onCreate(object, store) : own.onUpdate({ subresource, object, oldObject }, store);
  return { object: admitted, unknown };
}

/** RBAC's objects may have colons and the like in their names. An old object's name was checked when it was new. */
function nameErrors({ resource, oldObject }: AdmissionRequest, { metadata: { name } }: StoredObject): FieldError[] {
  if (oldObject !== undefined || resource.group === 'rbac.authorization.k8s.io') return [];
  return resource.plural === 'namespaces'
    ? checkLabelName('metadata.name', name)
    : checkObjectName('metadata.name', name);
}

function uidErrors({ metadata: { uid } }: StoredObject, oldObject: StoredObject | undefined): FieldError[] {
  if (oldObject === undefined || !uid || uid === oldObject.metadata.uid) return [];
  return [invalid('metadata.uid', uid, 'field is immutable')];
}

function requireTypes({ resource, object }: AdmissionRequest): CheckedObject {
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
