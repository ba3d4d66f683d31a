import type { ImageConfig } from '../images/image.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Container, EnvVar, Pod } from '../store/pod.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { podField } from './pod-field.ts';

/** A container can't be made from what its spec says: shown as CreateContainerConfigError. */
export class ConfigError extends Error {}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment of a container: its image's, then envFrom, then env with $(NAME) expanded. */
export function environmentOf(
  store: ObjectStore,
  pod: Pod,
  container: Container,
  image: ImageConfig,
): Record<string, string> {
  const env: Record<string, string> = { PATH: defaultPath, HOSTNAME: hostNameOf(pod) };
  for (const assignment of image.env) {
    const [name = '', ...value] = assignment.split('=');
    env[name] = value.join('=');
  }
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const data = configMapRef
      ? dataOf(store, pod, 'configmaps', configMapRef.name ?? '', configMapRef.optional)
      : dataOf(store, pod, 'secrets', secretRef?.name ?? '', secretRef?.optional);
    for (const [key, value] of Object.entries(data ?? {})) env[`${prefix}${key}`] = value;
  }
  for (const variable of container.env ?? []) {
    const value = variableValue(store, pod, container, variable);
    if (value !== undefined) env[variable.name] = expand(value, env);
  }
  return env;
}

export function hostNameOf({ metadata, spec }: Pod): string {
  // Linux allows 64 bytes with the closing zero.
  return (spec.hostname ?? metadata.name).slice(0, 63);
}

/** $(NAME) becomes the variable's value; $$(NAME) is kept as $(NAME), and unknown names as they are. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^()]*)\)/g, (match, name: string | undefined) => {
    if (match === '$$') return '$';
    return name !== undefined && Object.hasOwn(env, name) ? (env[name] ?? '') : match;
  });
}

function variableValue(store: ObjectStore, pod: Pod, container: Container, variable: EnvVar): string | undefined {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = variable.valueFrom ?? {};
  if (fieldRef) return podField(pod, fieldRef.fieldPath);
  if (resourceFieldRef) {
    const [kind = '', name = ''] = resourceFieldRef.resource.split('.');
    return String(container.resources?.[kind as 'limits' | 'requests']?.[name] ?? '0');
  }
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference === undefined) return variable.value ?? '';
  const resource = configMapKeyRef ? 'configmaps' : 'secrets';
  const { name = '', key, optional } = reference;
  const value = dataOf(store, pod, resource, name, optional)?.[key];
  if (value === undefined && !optional) {
    const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
    throw new ConfigError(`couldn't find key ${key} in ${kind} ${pod.metadata.namespace}/${name}`);
  }
  return value;
}

/** The values of a ConfigMap or Secret as text; undefined where it is missing and may be. */
export function dataOf(
  store: ObjectStore,
  pod: Pod,
  resource: 'configmaps' | 'secrets',
  name: string,
  isOptional: boolean | undefined,
): Record<string, string> | undefined {
  const found = store.get({ resource, namespace: pod.metadata.namespace, name }) as
    | (StoredObject & { data?: Record<string, string> })
    | undefined;
  if (found === undefined) {
    if (isOptional) return undefined;
    throw new ConfigError(`${resource === 'configmaps' ? 'configmap' : 'secret'} "${name}" not found`);
  }
  const entries = Object.entries(found.data ?? {});
  return Object.fromEntries(
    resource === 'secrets' ? entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]) : entries,
  );
}
