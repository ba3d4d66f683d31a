import { StatusError } from '../api/status.ts';
import { allContainers, type Container, type Pod, type PodSpec } from '../store/pod.ts';
import type { StoredObject } from '../store/stored-object.ts';

interface Violation {
  reason: string;
  detail: string;
}

type Check = (spec: PodSpec, containers: Container[]) => Violation | undefined;

/**
 * Throws 403, in Kubernetes' words, for a pod that breaks the Pod Security Standard of its namespace's `enforce` label.
 */
export function requirePodSecurity(pod: Pod, namespace: StoredObject | undefined): void {
  const labels = namespace?.metadata.labels ?? {};
  const level = labels['pod-security.kubernetes.io/enforce'];
  const version = labels['pod-security.kubernetes.io/enforce-version'] ?? 'latest';
  const violations = violationsOf(pod.spec, level);
  if (violations.length === 0) return;
  const text = violations.map(({ reason, detail }) => `${reason} (${detail})`).join(', ');
  throw new StatusError(
    'Forbidden',
    `pods "${pod.metadata.name}" is forbidden: violates PodSecurity "${level}:${version}": ${text}`,
    { name: pod.metadata.name, kind: 'pods' },
  );
}

function violationsOf(spec: PodSpec, level: string | undefined): Violation[] {
  const checks = level === 'restricted' ? restricted : level === 'baseline' ? baseline : [];
  const containers = allContainers(spec).map(({ container }) => container);
  return checks.map((check) => check(spec, containers)).filter((found) => found !== undefined);
}

/** Capabilities that baseline lets containers add (policy/check_capabilities_baseline.go). */
const baselineCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const checkCapabilities: Check = (_spec, containers) => {
  const bad = containers.filter((one) => addedBeyond(one, baselineCapabilities).length > 0);
  const names = sortedUnique(bad.flatMap((one) => addedBeyond(one, baselineCapabilities)));
  return bad.length === 0
    ? undefined
    : {
        reason: 'non-default capabilities',
        detail: `${namesOf(bad)} must not include ${quote(names)} in securityContext.capabilities.add`,
      };
};

const checkHostNamespaces: Check = (spec) => {
  const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((name) => spec[name]);
  return used.length === 0
    ? undefined
    : { reason: 'host namespaces', detail: used.map((name) => `${name}=true`).join(', ') };
};

const checkHostPaths: Check = (spec) => {
  const bad = (spec.volumes ?? []).filter((volume) => volume.hostPath).map(({ name }) => name);
  return bad.length === 0
    ? undefined
    : { reason: 'hostPath volumes', detail: `${plural('volume', bad.length)} ${quote(bad)}` };
};

const checkHostPorts: Check = (_spec, containers) => {
  const portsOf = (one: Container) => (one.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const bad = containers.filter((one) => portsOf(one).length > 0);
  const ports = sortedUnique(bad.flatMap(portsOf));
  return bad.length === 0
    ? undefined
    : {
        reason: 'hostPort',
        detail: `${namesOf(bad)} ${bad.length === 1 ? 'uses' : 'use'} ${plural('hostPort', ports.length)} ${ports.join(', ')}`,
      };
};

const checkPrivileged: Check = (_spec, containers) => {
  const bad = containers.filter((one) => one.securityContext?.privileged);
  return bad.length === 0
    ? undefined
    : { reason: 'privileged', detail: `${namesOf(bad)} must not set securityContext.privileged=true` };
};

const checkEscalation: Check = (_spec, containers) => {
  const bad = containers.filter((one) => one.securityContext?.allowPrivilegeEscalation !== false);
  return bad.length === 0
    ? undefined
    : {
        reason: 'allowPrivilegeEscalation != false',
        detail: `${namesOf(bad)} must set securityContext.allowPrivilegeEscalation=false`,
      };
};

const checkDropAll: Check = (_spec, containers) => {
  const allowed = new Set(['NET_BIND_SERVICE']);
  const missing = containers.filter((one) => !one.securityContext?.capabilities?.drop?.includes('ALL'));
  const adding = containers.filter((one) => addedBeyond(one, allowed).length > 0);
  const details = [
    ...(missing.length > 0 ? [`${namesOf(missing)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length > 0
      ? [
          `${namesOf(adding)} must not include ${quote(
            sortedUnique(adding.flatMap((one) => addedBeyond(one, allowed))),
          )} in securityContext.capabilities.add`,
        ]
      : []),
  ];
  return details.length === 0 ? undefined : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const volumeTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const checkVolumeTypes: Check = (spec) => {
  const bad = (spec.volumes ?? []).filter((volume) => !volumeTypes.some((type) => volume[type] !== undefined));
  const types = sortedUnique(bad.map((volume) => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown'));
  return bad.length === 0
    ? undefined
    : {
        reason: 'restricted volume types',
        detail: `${plural('volume', bad.length)} ${quote(bad.map(({ name }) => name))} ${
          bad.length === 1 ? 'uses' : 'use'
        } ${plural('restricted volume type', types.length)} ${quote(types)}`,
      };
};

const checkNonRoot: Check = (spec, containers) => {
  const ofPod = spec.securityContext?.runAsNonRoot;
  const explicit = containers.filter((one) => one.securityContext?.runAsNonRoot === false);
  const setters = [...(ofPod === false ? ['pod'] : []), ...(explicit.length > 0 ? [namesOf(explicit)] : [])];
  const reason = 'runAsNonRoot != true';
  if (setters.length > 0)
    return { reason, detail: `${setters.join(' and ')} must not set securityContext.runAsNonRoot=false` };
  const implicit = containers.filter((one) => one.securityContext?.runAsNonRoot === undefined);
  return ofPod || implicit.length === 0
    ? undefined
    : { reason, detail: `pod or ${namesOf(implicit)} must set securityContext.runAsNonRoot=true` };
};

const checkRootUser: Check = (spec, containers) => {
  const bad = containers.filter((one) => one.securityContext?.runAsUser === 0);
  const setters = [
    ...(spec.securityContext?.runAsUser === 0 ? ['pod'] : []),
    ...(bad.length > 0 ? [namesOf(bad)] : []),
  ];
  return setters.length === 0
    ? undefined
    : { reason: 'runAsUser=0', detail: `${setters.join(' and ')} must not set runAsUser=0` };
};

const checkSeccomp: Check = (spec, containers) => {
  const isGood = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';
  const ofPod = spec.securityContext?.seccompProfile?.type;
  const bad = containers.filter(({ securityContext: own }) => own?.seccompProfile && !isGood(own.seccompProfile.type));
  const setters = [
    ...(ofPod !== undefined && !isGood(ofPod) ? ['pod'] : []),
    ...(bad.length > 0 ? [namesOf(bad)] : []),
  ];
  const values = sortedUnique(
    [ofPod, ...bad.map((one) => one.securityContext?.seccompProfile?.type)].filter(
      (type): type is string => type !== undefined && !isGood(type),
    ),
  );
  const reason = 'seccompProfile';
  if (setters.length > 0)
    return {
      reason,
      detail: `${setters.join(' and ')} must not set securityContext.seccompProfile.type to ${quote(values)}`,
    };
  const implicit = containers.filter((one) => one.securityContext?.seccompProfile === undefined);
  return isGood(ofPod) || implicit.length === 0
    ? undefined
    : {
        reason,
        detail: `pod or ${namesOf(implicit)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      };
};

const common = [checkHostNamespaces, checkHostPorts, checkPrivileged];
const baseline: Check[] = [checkCapabilities, checkHostNamespaces, checkHostPaths, checkHostPorts, checkPrivileged];
/** Without the baseline checks that a stricter one below replaces. */
const restricted: Check[] = [
  ...common,
  checkEscalation,
  checkDropAll,
  checkVolumeTypes,
  checkNonRoot,
  checkRootUser,
  checkSeccomp,
];

function addedBeyond({ securityContext }: Container, allowed: ReadonlySet<string>): string[] {
  return (securityContext?.capabilities?.add ?? []).filter((name) => !allowed.has(name));
}

function namesOf(containers: readonly Container[]): string {
  return `${plural('container', containers.length)} ${quote(containers.map(({ name }) => name))}`;
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

function quote(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function sortedUnique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
