import type { ObjectStore } from '../store/object-store.ts';
import type { Pod, PodSpec } from '../store/pod.ts';
import { requireValid } from './field-error.ts';
import { qosClassOf, withPodDefaults } from './pod-defaults.ts';
import { requirePodSecurity } from './pod-security.ts';
import { validateEphemeralUpdate, validatePodSpec, validatePodUpdate } from './pod-validation.ts';
import type { Rules } from './rules.ts';

export const podRules: Rules = {
  onCreate(object, store) {
    const raw = object as Pod;
    const pod: Pod = {
      ...raw,
      spec: withPodDefaults(raw.spec ?? ({} as PodSpec)),
      // Whatever a client says of it, a new pod is pending.
      status: { phase: 'Pending' },
    };
    requireValid('Pod', '', pod.metadata.name, validatePodSpec(pod.spec));
    if (pod.spec.ephemeralContainers?.length)
      requireValid('Pod', '', pod.metadata.name, [
        {
          reason: 'FieldValueForbidden',
          field: 'spec.ephemeralContainers',
          message: 'Forbidden: cannot be set on create',
        },
      ]);
    requireSecurity(pod, store);
    return {
      ...pod,
      metadata: { ...pod.metadata, generation: 1 },
      status: { ...pod.status, qosClass: qosClassOf(pod) },
    };
  },

  onUpdate(object, currentObject, store, subresource) {
    const next = object as Pod;
    const current = currentObject as Pod;
    if (subresource === 'status') return next;
    if (subresource === 'ephemeralcontainers') {
      const ephemeralContainers = next.spec.ephemeralContainers ?? [];
      const pod: Pod = {
        ...current,
        metadata: { ...current.metadata, resourceVersion: next.metadata.resourceVersion },
        spec: withPodDefaults({ ...current.spec, ephemeralContainers }),
      };
      requireValid('Pod', '', pod.metadata.name, [
        ...validateEphemeralUpdate(pod, current),
        ...validatePodSpec(pod.spec),
      ]);
      requireSecurity(pod, store);
      return withGeneration(pod, current);
    }
    const pod: Pod = { ...next, spec: withPodDefaults(next.spec ?? ({} as PodSpec)) };
    const kept = current.spec.ephemeralContainers;
    if (kept !== undefined) pod.spec = { ...pod.spec, ephemeralContainers: kept };
    requireValid('Pod', '', pod.metadata.name, [...validatePodSpec(pod.spec), ...validatePodUpdate(pod, current)]);
    return withGeneration(pod, current);
  },
};

/** It rises with each change of the spec. */
function withGeneration(pod: Pod, current: Pod): Pod {
  const { generation = 1 } = current.metadata;
  const isSame = JSON.stringify(pod.spec) === JSON.stringify(current.spec);
  return { ...pod, metadata: { ...pod.metadata, generation: isSame ? generation : generation + 1 } };
}

function requireSecurity(pod: Pod, store: ObjectStore): void {
  requirePodSecurity(pod, store.get({ resource: 'namespaces', namespace: undefined, name: pod.metadata.namespace }));
}
