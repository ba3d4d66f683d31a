import type { PodSpec } from '../store/pod.ts';
import type { NewWorkload, NewWorkloadSpec, Template, Workload } from '../store/workload.ts';
import { type FieldError, invalid, required, requireValid } from './field-error.ts';
import { withTemplateDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import type { Rules } from './rules.ts';

/** A spec with the defaults that Deployments and ReplicaSets share. */
interface PreparedSpec extends NewWorkloadSpec {
  replicas: number;
  template: Template & { spec: PodSpec };
}

type PreparedWorkload = NewWorkload & { spec: PreparedSpec };

function workloadRules(withKindDefaults: (spec: PreparedSpec) => PreparedSpec): Rules<NewWorkload, Workload> {
  const prepare = (object: NewWorkload): PreparedWorkload => {
    const { spec = {} } = object;
    const { template = {} } = spec;
    return {
      ...object,
      spec: withKindDefaults({
        ...spec,
        replicas: spec.replicas ?? 1,
        template: { ...template, spec: withTemplateDefaults(template.spec ?? {}) },
      }),
    };
  };
  return {
    onCreate(object) {
      const workload = prepare(object);
      requireValidWorkload(workload, validate(workload.spec));
      return { ...workload, metadata: { ...workload.metadata, generation: 1 }, status: {} };
    },
    onUpdate({ object, oldObject, subresource }) {
      if (subresource === 'status') return object;
      const workload = prepare(object);
      const errors = validate(workload.spec);
      if (JSON.stringify(workload.spec.selector) !== JSON.stringify(oldObject.spec.selector))
        errors.push(invalid('spec.selector', workload.spec.selector, 'field is immutable'));
      requireValidWorkload(workload, errors);
      const isChanged = JSON.stringify(workload.spec) !== JSON.stringify(oldObject.spec);
      const generation = (oldObject.metadata.generation ?? 1) + (isChanged ? 1 : 0);
      return { ...workload, metadata: { ...workload.metadata, generation } };
    },
  };
}

function requireValidWorkload({ kind, metadata }: PreparedWorkload, errors: readonly FieldError[]): void {
  requireValid({ kind, group: 'apps', name: metadata.name }, errors);
}

function validate({ replicas, selector, template }: PreparedSpec): FieldError[] {
  const labels = template.metadata?.labels ?? {};
  const errors: FieldError[] = [];
  if (replicas < 0) errors.push(invalid('spec.replicas', replicas, 'must be greater than or equal to 0'));
  if (selector === undefined) errors.push(required('spec.selector'));
  else if (Object.entries(selector.matchLabels ?? {}).some(([key, value]) => labels[key] !== value))
    errors.push(invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  const { restartPolicy } = template.spec;
  if (restartPolicy !== 'Always')
    errors.push({
      reason: 'FieldValueNotSupported',
      field: 'spec.template.spec.restartPolicy',
      message: `Unsupported value: "${restartPolicy}": supported values: "Always"`,
    });
  return [...errors, ...validatePodSpec(template.spec, 'spec.template.spec')];
}

export const deploymentRules = workloadRules((spec) => ({
  progressDeadlineSeconds: 600,
  revisionHistoryLimit: 10,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  ...spec,
}));

export const replicaSetRules = workloadRules((spec) => spec);
