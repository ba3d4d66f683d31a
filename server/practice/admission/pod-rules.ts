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
    return { ...pod, status: { ...pod.status, qosClass: qosClassOf(pod) } };
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
      return pod;
    }
    const pod: Pod = { ...next, spec: withPodDefaults(next.spec ?? ({} as PodSpec)) };
    const kept = current.spec.ephemeralContainers;
    if (kept !== undefined) pod.spec = { ...pod.spec, ephemeralContainers: kept };
    requireValid('Pod', '', pod.metadata.name, [...validatePodSpec(pod.spec), ...validatePodUpdate(pod, current)]);
    return pod;
  },
};

function requireSecurity(pod: Pod, store: ObjectStore): void {
  requirePodSecurity(pod, store.get({ resource: 'namespaces', namespace: undefined, name: pod.metadata.namespace }));
}
