import type { ObjectStore } from '../store/object-store.ts';
import type { NewPod, Pod, PodSpec } from '../store/pod.ts';
import { type FieldError, forbidden, requireValid } from './field-error.ts';
import { qosClassOf, withPodDefaults } from './pod-defaults.ts';
import { requirePodSecurity } from './pod-security.ts';
import { validateEphemeralUpdate, validatePodSpec, validatePodUpdate } from './pod-validation.ts';
import type { Rules } from './rules.ts';

export const podRules: Rules<NewPod, Pod> = {
  onCreate(object, store) {
    const pod: Pod = {
      ...object,
      spec: withPodDefaults(object.spec ?? {}),
      // A new pod is pending, whatever status the client sends.
      status: { phase: 'Pending' },
    };
    requireValidPod(pod, validatePodSpec(pod.spec));
    if (pod.spec.ephemeralContainers?.length)
      requireValidPod(pod, [forbidden('spec.ephemeralContainers', 'cannot be set on create')]);
    requireSecurity(pod, store);
    return {
      ...pod,
      metadata: { ...pod.metadata, generation: 1 },
      status: { ...pod.status, qosClass: qosClassOf(pod) },
    };
  },

  onUpdate({ object, oldObject, subresource }, store) {
    switch (subresource) {
      case 'status':
        return object;
      case 'ephemeralcontainers':
        return updateEphemeralContainers(object, oldObject, store);
      default:
        return updatePod(object, oldObject);
    }
  },
};

function updateEphemeralContainers(next: NewPod, current: Pod, store: ObjectStore): Pod {
  const ephemeralContainers = next.spec?.ephemeralContainers ?? [];
  const pod: Pod = {
    ...current,
    metadata: { ...current.metadata, resourceVersion: next.metadata.resourceVersion },
    spec: withPodDefaults({ ...current.spec, ephemeralContainers }),
  };
  requireValidPod(pod, [...validateEphemeralUpdate(pod, current), ...validatePodSpec(pod.spec)]);
  requireSecurity(pod, store);
  return withGeneration(pod, current);
}

/** A pod whose spec has its defaults. */
type PreparedPod = NewPod & { spec: PodSpec };

function updatePod(next: NewPod, current: Pod): PreparedPod {
  const { ephemeralContainers } = current.spec;
  const spec = withPodDefaults(next.spec ?? {});
  const pod = { ...next, spec: ephemeralContainers === undefined ? spec : { ...spec, ephemeralContainers } };
  requireValidPod(pod, [...validatePodSpec(pod.spec), ...validatePodUpdate(pod, current)]);
  return withGeneration(pod, current);
}

function requireValidPod({ metadata }: PreparedPod, errors: readonly FieldError[]): void {
  requireValid({ kind: 'Pod', group: '', name: metadata.name }, errors);
}

/** Raises the generation if the spec has changed. */
function withGeneration<T extends PreparedPod>(pod: T, current: Pod): T {
  const { generation = 1 } = current.metadata;
  const isSame = JSON.stringify(pod.spec) === JSON.stringify(current.spec);
  return { ...pod, metadata: { ...pod.metadata, generation: isSame ? generation : generation + 1 } };
}

function requireSecurity(pod: Pod, store: ObjectStore): void {
  requirePodSecurity(pod, store.get({ resource: 'namespaces', namespace: undefined, name: pod.metadata.namespace }));
}
