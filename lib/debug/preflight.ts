import { toFullImageName } from '../image-reference.ts';
import type { JsonObject } from '../json.ts';
import type { WireError } from '../protocol/errors.ts';
import type { Profile } from './profiles.ts';

/** Changes to the form that take a problem away. */
export interface Cure {
  profile?: Profile;
  /** User id to run as. */
  user?: number;
  target?: string;
}

export interface PreflightProblem {
  error: WireError;
  cure?: Cure;
}

/** What would be in a debugger's way, as far as it can be known before it is started. */
export interface Preflight {
  /** The node it will run on, where that says that it has the image. */
  imageIsOn: string | undefined;
  /** What would be sent: the container that is added, or the pod that is made (core/v1); undefined where that can’t be told. */
  manifest: JsonObject | undefined;
  problems: PreflightProblem[];
}

type LesserProfile = 'general' | 'baseline' | 'restricted';

/** What is tried instead of a profile that a namespace's policy refuses, the most able one first. */
export const lesserProfiles: Record<Profile, LesserProfile[]> = {
  sysadmin: ['general', 'baseline', 'restricted'],
  netadmin: ['general', 'baseline', 'restricted'],
  general: ['baseline', 'restricted'],
  baseline: ['restricted'],
  restricted: [],
};

/** What the person who takes a lesser profile has to do without. */
export const lesserProfileWords: Record<LesserProfile, string> = {
  general: 'It can trace processes, but not change the node or its network.',
  baseline: 'It can’t trace processes, nor read the files of other users’ processes.',
  restricted: 'It can’t be root, trace processes, or read the files of other users’ processes.',
};

/** Repositories of Docker Hub whose images run as root. Of others it isn't known before a node has them. */
const rootImages = new Set(['busybox', 'alpine', 'ubuntu', 'debian', 'fedora', 'nicolaka/netshoot']);

export function isKnownToRunAsRoot(image: string): boolean {
  const repository = toFullImageName(image)
    .replace(/[@:][^/]*$/, '')
    .replace(/^docker\.io\/(library\/)?/, '');
  return rootImages.has(repository);
}
