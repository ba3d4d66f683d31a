import type { ImageConfig } from '../images/image.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Container, EnvVar, Pod } from '../store/pod.ts';
import { podField } from './pod-field.ts';

/** The pod's spec does not allow the container to be created: CreateContainerConfigError. */
export class ConfigError extends Error {}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A container with the configuration of its image. */
export interface ConfiguredContainer {
  container: Container;
  image: ImageConfig;
}

/** The environment of a container: its image's variables, then envFrom, then env with $(NAME) expanded. */
export function environmentOf(
  store: ObjectStore,
  pod: Pod,
  { container, image }: ConfiguredContainer,
): Record<string, string> {
  const env: Record<string, string> = { PATH: defaultPath, HOSTNAME: hostNameOf(pod) };
  for (const assignment of image.env) {
    const [name = '', ...value] = assignment.split('=');
    env[name] = value.join('=');
  }
  const { namespace } = pod.metadata;
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const data = configMapRef
      ? dataOf(store, namespace, { ...configMapRef, resource: 'configmaps' })
      : dataOf(store, namespace, { ...secretRef, resource: 'secrets' });
    for (const [key, value] of Object.entries(data ?? {})) env[`${prefix}${key}`] = value;
  }
  for (const variable of container.env ?? []) {
    const value =
      variable.valueFrom?.resourceFieldRef && !variable.valueFrom.fieldRef
        ? resourceField(container, variable.valueFrom.resourceFieldRef.resource)
        : variableValue(store, pod, variable);
    if (value !== undefined) env[variable.name] = expand(value, env);
  }
  return env;
}

export function hostNameOf({ metadata, spec }: Pod): string {
  // Linux allows 64 bytes including the closing zero.
  return (spec.hostname ?? metadata.name).slice(0, 63);
}

/** Expands $(NAME) to the variable's value. $$(NAME) stays as $(NAME), and unknown names stay as they are. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^()]*)\)/g, (match, name: string | undefined) => {
    if (match === '$$') return '$';
    return name !== undefined && Object.hasOwn(env, name) ? (env[name] ?? '') : match;
  });
}

/** A resource of a container, such as `limits.cpu`; 0 if the container has none. */
function resourceField({ resources = {} }: Container, field: string): string {
  const [kind = '', name = ''] = field.split('.');
  const amounts = kind === 'limits' ? resources.limits : kind === 'requests' ? resources.requests : undefined;
  return String(amounts?.[name] ?? '0');
}

function variableValue(store: ObjectStore, pod: Pod, variable: EnvVar): string | undefined {
  const { fieldRef, configMapKeyRef, secretKeyRef } = variable.valueFrom ?? {};
  if (fieldRef) return podField(pod, fieldRef.fieldPath);
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference === undefined) return variable.value ?? '';
  const { namespace } = pod.metadata;
  const resource = configMapKeyRef ? 'configmaps' : 'secrets';
  const { name = '', key, optional } = reference;
  const value = dataOf(store, namespace, { ...reference, resource })?.[key];
  if (value === undefined && !optional) {
    const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
    throw new ConfigError(`couldn't find key ${key} in ${kind} ${namespace}/${name}`);
  }
  return value;
}

/** A reference to a ConfigMap or Secret. With `optional` the object may be missing. */
export interface DataReference {
  resource: 'configmaps' | 'secrets';
  name?: string;
  optional?: boolean;
}

/** The values of a ConfigMap or Secret as text; undefined if an optional object is missing. */
export function dataOf(
  store: ObjectStore,
  namespace: string,
  { resource, name = '', optional }: DataReference,
): Record<string, string> | undefined {
  const found = store.get({ resource, namespace, name });
  if (found === undefined) {
    if (optional) return undefined;
    throw new ConfigError(`${resource === 'configmaps' ? 'configmap' : 'secret'} "${name}" not found`);
  }
  const entries = Object.entries(found.data ?? {});
  return Object.fromEntries(
    resource === 'secrets' ? entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]) : entries,
  );
}
