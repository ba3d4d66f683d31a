import { isJsonObject } from '../json.ts';
import { type Profile, profiles } from './profiles.ts';
import type { DebugRequest } from './request.ts';
import { imagesOf } from './request.ts';

export const debuggerKinds = ['ephemeral', 'copy', 'node'] as const satisfies readonly DebugRequest['kind'][];
export type DebuggerKind = (typeof debuggerKinds)[number];

/** An image to choose, and what for. */
export interface ImagePreset {
  image: string;
  what: string;
}

/** What an operator lets people start. */
export interface DebugPolicy {
  /** To choose from; the first is proposed. */
  images: readonly ImagePreset[];
  /** No others. */
  onlyListedImages: boolean;
  profiles: readonly Profile[];
  /** In pods, in copies of them, on nodes. */
  kinds: readonly DebuggerKind[];
}

export const defaultPolicy: DebugPolicy = {
  images: [
    { image: 'busybox:1.36', what: 'small: sh, ps, wget, ping' },
    { image: 'alpine:3.22', what: 'small, with a package manager' },
    { image: 'nicolaka/netshoot:v0.14', what: 'network tools: tcpdump, curl, dig' },
  ],
  onlyListedImages: false,
  profiles,
  kinds: debuggerKinds,
};

/** Fields of a security context that give no more rights. */
const harmlessFields = new Set(['runAsUser', 'runAsGroup', 'runAsNonRoot', 'readOnlyRootFilesystem', 'seLinuxOptions']);

const kindRefusals: Record<DebuggerKind, string> = {
  ephemeral: 'Debuggers may not be added to pods here.',
  copy: 'Copies of pods may not be made here.',
  node: 'Nodes may not be debugged here.',
};

/** Why the policy doesn't let a debugger be started; undefined where it does. */
export function explainNotAllowed(policy: DebugPolicy, request: DebugRequest): string | undefined {
  if (!policy.kinds.includes(request.kind)) return kindRefusals[request.kind];
  for (const image of imagesOf(request)) {
    const problem = explainImageNotAllowed(policy, image);
    if (problem !== undefined) return problem;
  }
  if (!policy.profiles.includes(request.profile))
    return `Profile ${request.profile} may not be used here, only ${policy.profiles.join(', ')}.`;
  const context = request.custom?.['securityContext'];
  if (policy.profiles.length === profiles.length || !isJsonObject(context)) return undefined;
  // Else each profile could be had by way of YAML.
  const granting = Object.keys(context).find((field) => !harmlessFields.has(field));
  return granting === undefined
    ? undefined
    : `securityContext.${granting} may not be set here, where profiles are chosen by whoever runs Ephemera.`;
}

export function explainImageNotAllowed({ images, onlyListedImages }: DebugPolicy, image: string): string | undefined {
  if (!onlyListedImages || images.some((one) => one.image === image)) return undefined;
  return `Only these images may be used here: ${images.map((one) => one.image).join(', ')}.`;
}
