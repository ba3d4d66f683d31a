import { allContainers, type Container, type Pod, type PodSpec } from '../store/pod.ts';
import { duplicate, type FieldError, forbidden, invalid, notFound, notSupported, required } from './field-error.ts';
import { checkLabelName } from './object-names.ts';

const pullPolicies = ['Always', 'IfNotPresent', 'Never'] as const;
const restartPolicies = ['Always', 'OnFailure', 'Never'] as const;

/** The errors in a pod's spec, as far as they matter here (k8s.io/kubernetes pkg/apis/core/validation). */
export function validatePodSpec(spec: PodSpec, path = 'spec'): FieldError[] {
  const errors: FieldError[] = [];
  if ((spec.containers ?? []).length === 0) errors.push(required(`${path}.containers`));
  const volumes = new Set<string>();
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const field = `${path}.volumes[${index}].name`;
    errors.push(...checkLabelName(field, volume.name));
    if (volumes.has(volume.name)) errors.push(duplicate(field, volume.name));
    volumes.add(volume.name);
  }
  const names = new Set<string>();
  for (const { field, container, index } of allContainers(spec)) {
    const at = `${path}.${field}[${index}]`;
    errors.push(...validateContainer(container, at, volumes));
    if (container.name && names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
  }
  if (!restartPolicies.includes(spec.restartPolicy))
    errors.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, restartPolicies));
  if (spec.shareProcessNamespace && spec.hostPID)
    errors.push(
      invalid(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'),
    );
  errors.push(...validateTargets(spec, path));
  return errors;
}

function validateContainer(container: Container, at: string, volumes: ReadonlySet<string>): FieldError[] {
  const errors = checkLabelName(`${at}.name`, container.name);
  if (!container.image) errors.push(required(`${at}.image`));
  else if (container.image.trim() !== container.image)
    errors.push(invalid(`${at}.image`, container.image, 'must not have leading or trailing whitespace'));
  if (container.imagePullPolicy !== undefined && !pullPolicies.includes(container.imagePullPolicy))
    errors.push(notSupported(`${at}.imagePullPolicy`, container.imagePullPolicy, pullPolicies));
  for (const [index, variable] of (container.env ?? []).entries()) {
    if (!variable.name) errors.push(required(`${at}.env[${index}].name`));
    else if (/[=\0]/.test(variable.name))
      errors.push(
        invalid(`${at}.env[${index}].name`, variable.name, "a valid environment variable name must not contain '='"),
      );
  }
  for (const [index, port] of (container.ports ?? []).entries()) {
    if (!(port.containerPort > 0 && port.containerPort < 65_536))
      errors.push(
        invalid(`${at}.ports[${index}].containerPort`, port.containerPort, 'must be between 1 and 65535, inclusive'),
      );
  }
  const paths = new Set<string>();
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const field = `${at}.volumeMounts[${index}]`;
    if (!mount.name) errors.push(required(`${field}.name`));
    else if (!volumes.has(mount.name)) errors.push(notFound(`${field}.name`, mount.name));
    if (!mount.mountPath) errors.push(required(`${field}.mountPath`));
    else if (paths.has(mount.mountPath)) errors.push(invalid(`${field}.mountPath`, mount.mountPath, 'must be unique'));
    paths.add(mount.mountPath);
  }
  const context = container.securityContext;
  if (context?.allowPrivilegeEscalation === false && context.privileged)
    errors.push(
      invalid(
        `${at}.securityContext`,
        context,
        'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ),
    );
  return errors;
}

/** The errors of ephemeral containers: forbidden fields, and a target that does not exist. */
function validateTargets(spec: PodSpec, path: string): FieldError[] {
  const targets = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name));
  return (spec.ephemeralContainers ?? []).flatMap((container, index) => {
    const at = `${path}.ephemeralContainers[${index}]`;
    const { targetContainerName: target } = container;
    const forbiddenFields = ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'].filter(
      (name) => container[name] !== undefined,
    );
    return [
      ...(target && !targets.has(target) ? [notFound(`${at}.targetContainerName`, target)] : []),
      ...forbiddenFields.map((name) => forbidden(`${at}.${name}`, 'cannot be set for an Ephemeral Container')),
      ...(Object.keys(container.resources ?? {}).length > 0
        ? [forbidden(`${at}.resources`, 'cannot be set for an Ephemeral Container')]
        : []),
    ];
  });
}

const mayChange =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** The error of an update that changes a fixed field. */
export function validatePodUpdate(next: Pick<Pod, 'spec'>, current: Pick<Pod, 'spec'>): FieldError[] {
  const fixed = ({ spec }: Pick<Pod, 'spec'>) => ({
    ...spec,
    containers: spec.containers.map((one) => ({ ...one, image: '' })),
    initContainers: spec.initContainers?.map((one) => ({ ...one, image: '' })),
    activeDeadlineSeconds: undefined,
    tolerations: undefined,
    nodeName: undefined,
    ephemeralContainers: undefined,
  });
  const same = isSame(fixed(next), fixed(current));
  return same ? [] : [forbidden('spec', mayChange)];
}

/** The errors of an update through pods/ephemeralcontainers: existing ephemeral containers must stay as they are. */
export function validateEphemeralUpdate(next: Pod, current: Pod): FieldError[] {
  const after = new Map((next.spec.ephemeralContainers ?? []).map((one, index) => [one.name, { one, index }]));
  return (current.spec.ephemeralContainers ?? []).flatMap((before) => {
    const found = after.get(before.name);
    if (found === undefined)
      return [
        forbidden('spec.ephemeralContainers', `existing ephemeral containers "${before.name}" may not be removed\n`),
      ];
    return isSame(found.one, before)
      ? []
      : [forbidden('spec.ephemeralContainers', `existing ephemeral containers "${before.name}" may not be changed\n`)];
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with sorted keys and without undefined values, so that equal objects give equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
