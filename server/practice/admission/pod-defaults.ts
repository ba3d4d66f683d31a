import type { Container, NewPodSpec, Pod, PodSpec, Probe, Volume } from '../store/pod.ts';

/** Fills in what a pod's spec leaves out, as the API server does (k8s.io/kubernetes pkg/apis/core/v1/defaults.go). */
export function withPodDefaults(spec: NewPodSpec): PodSpec {
  const { tolerations = [] } = spec;
  const hasToleration = (key: string) =>
    tolerations.some((one) => one.key === key || (one.key === undefined && one.operator === 'Exists'));
  const evictions = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) => !hasToleration(key),
  );
  return {
    ...withTemplateDefaults(spec),
    serviceAccountName: spec.serviceAccountName ?? 'default',
    serviceAccount: spec.serviceAccountName ?? 'default',
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    enableServiceLinks: spec['enableServiceLinks'] ?? true,
    tolerations: [
      ...tolerations,
      ...evictions.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })),
    ],
  };
}

/** The defaults that a pod template gets as well, before there is a pod. */
export function withTemplateDefaults(spec: NewPodSpec): PodSpec {
  return {
    ...spec,
    restartPolicy: spec.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec['dnsPolicy'] ?? 'ClusterFirst',
    schedulerName: spec['schedulerName'] ?? 'default-scheduler',
    securityContext: spec.securityContext ?? {},
    containers: (spec.containers ?? []).map(withContainerDefaults),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(withContainerDefaults) } : {}),
    ...(spec.ephemeralContainers ? { ephemeralContainers: spec.ephemeralContainers.map(withContainerDefaults) } : {}),
    ...(spec.volumes ? { volumes: spec.volumes.map(withVolumeDefaults) } : {}),
  };
}

function withContainerDefaults<T extends Container>(container: T): T {
  const probes = Object.fromEntries(
    (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((name) => {
      const probe = container[name];
      return probe === undefined ? [] : [[name, withProbeDefaults(probe)]];
    }),
  );
  return {
    ...container,
    ...probes,
    imagePullPolicy: container.imagePullPolicy ?? (hasFixedTag(container.image ?? '') ? 'IfNotPresent' : 'Always'),
    resources: withRequests(container.resources ?? {}),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    ...(container.ports
      ? { ports: container.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) }
      : {}),
    ...(container.env
      ? {
          env: container.env.map((one) =>
            one.valueFrom?.fieldRef
              ? {
                  ...one,
                  valueFrom: { ...one.valueFrom, fieldRef: { apiVersion: 'v1', ...one.valueFrom.fieldRef } },
                }
              : one,
          ),
        }
      : {}),
  };
}

/** A resource with a limit and no request gets the limit as its request. */
function withRequests(resources: NonNullable<Container['resources']>): NonNullable<Container['resources']> {
  const { limits, requests } = resources;
  return limits === undefined ? resources : { ...resources, requests: { ...limits, ...requests } };
}

function hasFixedTag(image: string): boolean {
  if (image.includes('@')) return true;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== 'latest';
}

function withProbeDefaults(probe: Probe): Probe {
  return {
    ...probe,
    ...(probe.httpGet ? { httpGet: { path: '/', scheme: 'HTTP', ...probe.httpGet } } : {}),
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    periodSeconds: probe.periodSeconds ?? 10,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}

/** 0644 as a decimal number, as in YAML. */
const defaultMode = 420;

function withVolumeDefaults(volume: Volume): Volume {
  const { name, ...source } = volume;
  if (Object.keys(source).length === 0) return { name, emptyDir: {} };
  if (volume.configMap) return { ...volume, configMap: { defaultMode, ...volume.configMap } };
  if (volume.secret) return { ...volume, secret: { defaultMode, ...volume.secret } };
  if (volume.hostPath) return { ...volume, hostPath: { type: '', ...volume.hostPath } };
  return volume;
}

/** k8s.io/kubernetes pkg/apis/core/helper/qos. */
export function qosClassOf({ spec }: Pod): string {
  const resources = [...(spec.initContainers ?? []), ...spec.containers].map((container) => container.resources ?? {});
  if (resources.every(({ limits = {}, requests = {} }) => Object.keys({ ...limits, ...requests }).length === 0))
    return 'BestEffort';
  const isGuaranteed = resources.every(({ limits = {}, requests = {} }) =>
    ['cpu', 'memory'].every(
      (name) => limits[name] !== undefined && (requests[name] === undefined || requests[name] === limits[name]),
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
