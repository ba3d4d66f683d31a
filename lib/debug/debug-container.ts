import type { JsonObject } from '../json.ts';
import { applyStrategicMerge } from '../strategic-merge.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { applyProfile, type Profile } from './profiles.ts';
import type { Variable } from './variables.ts';

export const pullPolicies = ['Always', 'IfNotPresent', 'Never'] as const;
export type PullPolicy = (typeof pullPolicies)[number];

/** What a person may choose of a debugger's container. */
export interface DebugContainerOptions {
  image: string;
  profile: Profile;
  command?: string[] | undefined;
  /** `command` is what the image's own program gets, not what runs instead of it. */
  isArguments?: boolean | undefined;
  env?: Variable[] | undefined;
  pullPolicy?: PullPolicy | undefined;
  /** A part of a container (core/v1), merged over what all else gives. */
  custom?: { [field: string]: unknown } | undefined;
}

export interface EphemeralContainerOptions extends DebugContainerOptions {
  /** The container whose processes are seen. */
  target?: string | undefined;
}

/**
 * The ephemeral container (core/v1) that `kubectl debug -it` makes of the same options (pkg/cmd/debug/debug.go). No stdinOnce,
 * so that detaching doesn't end the shell.
 */
export function toEphemeralContainer(name: string, options: EphemeralContainerOptions): JsonObject {
  const container = withoutUndefined({
    ...toNewContainer(name, options),
    targetContainerName: options.target,
    securityContext: applyProfile(options.profile),
  });
  return withCustom(container, options.custom);
}

/** A debugger's container without what its profile and its custom fields give. */
export function toNewContainer(
  name: string,
  { image, pullPolicy, command, isArguments, env }: Omit<DebugContainerOptions, 'profile'>,
): JsonObject {
  return withoutUndefined({
    name,
    image,
    imagePullPolicy: pullPolicy,
    command: isArguments ? undefined : command,
    args: isArguments ? command : undefined,
    env: env?.length ? toEnv(env) : undefined,
    stdin: true,
    tty: true,
    terminationMessagePolicy: 'File',
  });
}

/** As Go leaves out what is empty. */
export function toEnv(variables: Variable[]): JsonObject[] {
  return variables.map(({ name, value }) => (value === '' ? { name } : { name, value }));
}

export function withCustom(container: JsonObject, custom: DebugContainerOptions['custom']): JsonObject {
  return custom === undefined ? container : applyStrategicMerge(container, custom as JsonObject);
}
