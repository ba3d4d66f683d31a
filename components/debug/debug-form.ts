import { parseCommandLine } from '#lib/command-line.ts';
import { explainInvalidImage } from '#lib/image-reference.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';
import type { Profile } from '#lib/profiles.ts';
import type { DebugRequest } from '#lib/protocol/events.ts';
import type { PodLink } from '../shell/url-state.ts';

export interface DebugForm {
  image: string;
  /** '' is no target. */
  target: string;
  profile: Profile;
  command: string;
}

export interface ImagePreset {
  image: string;
  what: string;
}

export const presets: ImagePreset[] = [
  { image: 'busybox:1.36', what: 'small: sh, ps, wget, ping' },
  { image: 'alpine:3.22', what: 'small, with a package manager' },
  { image: 'nicolaka/netshoot:v0.14', what: 'network tools: tcpdump, curl, dig' },
];

export type CheckedForm =
  | { ok: true; request: DebugRequest }
  | { ok: false; problems: { image?: string; command?: string } };

/** The request that the form asks for, or what is wrong with which field. */
export function checkForm(form: DebugForm, link: PodLink): CheckedForm {
  const image = explainInvalidImage(form.image.trim());
  const command = parseCommandLine(form.command);
  if (image !== undefined || !command.ok) {
    return {
      ok: false,
      problems: { ...(image === undefined ? {} : { image }), ...(command.ok ? {} : { command: command.problem }) },
    };
  }
  return {
    ok: true,
    request: {
      context: link.context,
      namespace: link.namespace,
      pod: link.pod,
      image: form.image.trim(),
      profile: form.profile,
      ...(form.target === '' ? {} : { target: form.target }),
      ...(command.words.length === 0 ? {} : { command: command.words }),
    },
  };
}

/** Why no debugger can be started in this pod at all; undefined when one can. */
export function explainImpossible(pod: PodDetail | null): string | undefined {
  if (pod === null) return 'This pod is gone; pick another one.';
  if (isFinished(pod)) return `This pod has finished (${pod.status}); nothing can be started in it any more.`;
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
