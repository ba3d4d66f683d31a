import type { PullPolicy } from '#lib/debug/debug-container.ts';
import { type Keepable, keptByDefault } from '#lib/debug/pod-copy.ts';
import type { DebugPolicy } from '#lib/debug/policy.ts';
import type { Profile } from '#lib/debug/profiles.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';

/** The fields that were typed in YAML, or why they can't be used. */
export type CustomFields = { ok: true; fields: DebugRequest['custom'] } | { ok: false; problem: string };

export interface DebugForm {
  kind: DebugRequest['kind'];
  image: string;
  /** '': no target. */
  target: string;
  profile: Profile;
  command: string;
  isArguments: boolean;
  /** One `NAME=value` per line. */
  env: string;
  pullPolicy: PullPolicy | '';
  /** UID or UID:GID; '': the image's own user. */
  user: string;
  customText: string;
  custom: CustomFields;
  /** The container whose volumes, variables and user are in the YAML; '': none. */
  mirrored: string;
  /** This field and all below are only for copies. */
  copyName: string;
  /** The container that becomes the debugger; '': one is added. */
  container: string;
  /** One `CONTAINER=IMAGE` per line. */
  setImages: string;
  sharesProcesses: boolean;
  sameNode: boolean;
  replace: boolean;
  keep: readonly Keepable[];
}

/** A pod's name is also its host name, and a host name has at most this many characters. */
const longestName = 63;
/** 36^4 are over 1.6 million names, and a pod has few copies at a time. */
const suffixLength = 4;

/** A name that hardly any other copy has. */
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

/** Containers that can be targeted: those that run. */
export function targetsOf(pod: PodDetail): string[] {
  return pod.containers
    .filter(
      (container) => (container.kind === 'main' || container.kind === 'sidecar') && container.state.kind === 'running',
    )
    .map((container) => container.name);
}
