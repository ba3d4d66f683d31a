/** The debugging profiles of `kubectl debug` (kubernetes/kubectl pkg/cmd/debug/profiles.go), for ephemeral containers. */
export const profiles = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;
export type Profile = (typeof profiles)[number];

/** What a profile grants, for the person who chooses. */
export const profileGrants: Record<Profile, string> = {
  general: 'Adds SYS_PTRACE, so strace and /proc/<pid>/root of another user work. A good first choice.',
  baseline: 'Adds nothing. Allowed by the baseline Pod Security Standard.',
  restricted:
    'Must not run as root, has no capabilities and no way to gain any. Allowed by the restricted Pod Security Standard; needs an image that names a numeric user.',
  netadmin: 'Adds NET_ADMIN and NET_RAW: change routes and firewall rules, capture packets.',
  sysadmin: 'Privileged: every capability and device of the node. Only where nothing less will do.',
};

/** The subset of core/v1 SecurityContext that the profiles set. */
export interface ProfileSecurityContext {
  capabilities?: { add?: string[]; drop?: string[] };
  privileged?: boolean;
  runAsNonRoot?: boolean;
  allowPrivilegeEscalation?: boolean;
  seccompProfile?: { type: string };
}

export function toSecurityContext(profile: Profile): ProfileSecurityContext | undefined {
  switch (profile) {
    case 'general':
      return { capabilities: { add: ['SYS_PTRACE'] } };
    case 'baseline':
      return undefined;
    case 'restricted':
      return {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      };
    case 'netadmin':
      return { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } };
    case 'sysadmin':
      return { privileged: true };
  }
}
