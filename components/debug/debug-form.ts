import type { PullPolicy } from '#lib/debug/debug-container.ts';
import { type Keepable, keptByDefault } from '#lib/debug/pod-copy.ts';
import type { DebugPolicy } from '#lib/debug/policy.ts';
import type { Profile } from '#lib/debug/profiles.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';

/** What was typed in YAML, as far as it can be used. */
export type CustomFields = { ok: true; fields: DebugRequest['custom'] } | { ok: false; problem: string };

export interface DebugForm {
  kind: DebugRequest['kind'];
  image: string;
  /** '' is no target. */
  target: string;
  profile: Profile;
  command: string;
  isArguments: boolean;
  /** `NAME=value`, one a line. */
  env: string;
  pullPolicy: PullPolicy | '';
  /** UID or UID:GID; '' is the image's own. */
  user: string;
  customText: string;
  custom: CustomFields;
  /** The container whose volumes, variables and user the YAML has; '' is none. */
  mirrored: string;
  /** What follows is of copies alone. */
  copyName: string;
  /** The container that becomes the debugger; '' adds one. */
  container: string;
  /** `CONTAINER=IMAGE`, one a line. */
  setImages: string;
  sharesProcesses: boolean;
  sameNode: boolean;
  replace: boolean;
  keep: readonly Keepable[];
}

/** The longest name that a pod can have as its own host name. */
const longestName = 63;
/** A pod has few copies at a time: one in a million and a half has the same. */
const suffixLength = 4;

/** A name for a copy that no other will have. */
export function newCopyName(pod: string): string {
  const random = Math.floor(Math.random() * 36 ** suffixLength).toString(36);
  const suffix = `-debug-${random.padStart(suffixLength, '0')}`;
  const name = pod.replaceAll('.', '-').slice(0, longestName - suffix.length);
  return `${name.replace(/-+$/, '')}${suffix}`;
}

export function newForm(
  pod: string,
  policy: DebugPolicy,
  { kind, image, target, profile, command }: Partial<DebugForm>,
): DebugForm {
  const [first = 'general'] = policy.profiles;
  return {
    kind: kind !== undefined && policy.kinds.includes(kind) ? kind : (policy.kinds[0] ?? 'ephemeral'),
    image: image ?? policy.images[0]?.image ?? '',
    target: target ?? '',
    profile: profile !== undefined && policy.profiles.includes(profile) ? profile : first,
    command: command ?? '',
    isArguments: false,
    env: '',
    pullPolicy: '',
    user: '',
    customText: '',
    custom: { ok: true, fields: undefined },
    mirrored: '',
    copyName: newCopyName(pod),
    container: '',
    setImages: '',
    sharesProcesses: true,
    sameNode: false,
    replace: false,
    keep: keptByDefault,
  };
}

/** Why no debugger of this kind can be started from this pod; undefined when one can. */
export function explainImpossible(kind: DebugForm['kind'], pod: PodDetail | null): string | undefined {
  if (kind === 'node') return pod?.node === undefined ? 'This pod has no node yet.' : undefined;
  if (pod === null) return 'This pod is gone; pick another one.';
  if (kind === 'copy') return undefined;
  if (isFinished(pod))
    return `This pod has finished (${pod.status}); nothing can be started in it any more. Debug a copy of it.`;
  if (pod.deletedAt !== undefined) return 'This pod is being deleted; pick its successor.';
  return undefined;
}

/** What can be targeted: containers that run. */
export function targetsOf(pod: PodDetail): string[] {
  return pod.containers
    .filter(
      (container) => (container.kind === 'main' || container.kind === 'sidecar') && container.state.kind === 'running',
    )
    .map((container) => container.name);
}
