import { valueAt } from '../api/selectors.ts';
import type { PodSpec } from '../store/pod.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { type FieldError, invalid, required, requireValid } from './field-error.ts';
import { withTemplateDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import type { Rules } from './rules.ts';

interface Workload extends StoredObject {
  spec: {
    replicas?: number;
    selector?: { matchLabels?: Record<string, string> };
    template?: { metadata?: { labels?: Record<string, string> }; spec?: PodSpec };
    [field: string]: unknown;
  };
}

function workloadRules(defaults: (spec: Workload['spec']) => Workload['spec']): Rules {
  const prepare = (object: StoredObject): Workload => {
    const { spec = {} } = object as Workload;
    const template = spec.template ?? {};
    return {
      ...(object as Workload),
      spec: defaults({
        ...spec,
        replicas: spec.replicas ?? 1,
        template: { ...template, spec: withTemplateDefaults(template.spec ?? ({} as PodSpec)) },
      }),
    };
  };
  return {
    onCreate(object) {
      const workload = prepare(object);
      requireValid(workload.kind, 'apps', workload.metadata.name, validate(workload));
      return { ...workload, metadata: { ...workload.metadata, generation: 1 }, status: {} };
    },
    onUpdate(next, current, _store, subresource) {
      if (subresource === 'status') return next;
      const workload = prepare(next);
      const errors = validate(workload);
      const before = JSON.stringify(valueAt(current, 'spec.selector'));
      if (JSON.stringify(workload.spec.selector) !== before)
        errors.push(invalid('spec.selector', workload.spec.selector, 'field is immutable'));
      requireValid(workload.kind, 'apps', workload.metadata.name, errors);
      const isChanged = JSON.stringify(workload.spec) !== JSON.stringify(current['spec']);
      const generation = (current.metadata.generation ?? 1) + (isChanged ? 1 : 0);
      return { ...workload, metadata: { ...workload.metadata, generation } };
    },
  };
}

function validate({ spec }: Workload): FieldError[] {
  const wanted = spec.selector?.matchLabels;
  const labels = spec.template?.metadata?.labels ?? {};
  const errors: FieldError[] = [];
  if ((spec.replicas ?? 0) < 0)
    errors.push(invalid('spec.replicas', spec.replicas, 'must be greater than or equal to 0'));
  if (spec.selector === undefined) errors.push(required('spec.selector'));
  else if (Object.entries(wanted ?? {}).some(([key, value]) => labels[key] !== value))
    errors.push(invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
  const { restartPolicy } = spec.template?.spec ?? {};
  if (restartPolicy !== 'Always')
    errors.push({
      reason: 'FieldValueNotSupported',
      field: 'spec.template.spec.restartPolicy',
      message: `Unsupported value: "${restartPolicy}": supported values: "Always"`,
    });
  return [...errors, ...validatePodSpec(spec.template?.spec ?? ({} as PodSpec), 'spec.template.spec')];
}

export const deploymentRules = workloadRules((spec) => ({
  progressDeadlineSeconds: 600,
  revisionHistoryLimit: 10,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  ...spec,
}));

export const replicaSetRules = workloadRules((spec) => spec);
