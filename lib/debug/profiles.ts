import { isJsonObject, type JsonObject } from '../json.ts';

/** The debugging profiles of `kubectl debug` (kubernetes/kubectl pkg/cmd/debug/profiles.go). */
export const profiles = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;
export type Profile = (typeof profiles)[number];

/** What a profile grants, for the person who chooses. */
export const profileGrants: Record<Profile, string> = {
  general: 'Adds SYS_PTRACE, so strace and /proc/<pid>/root of another user work. A good first choice.',
  baseline: 'Adds nothing. Allowed by the baseline Pod Security Standard.',
  restricted:
    'Must not run as root, has no capabilities and no way to gain any. Allowed by the restricted Pod Security Standard; needs an image whose user is a number, or a user of your choice.',
  netadmin: 'Adds NET_ADMIN and NET_RAW: change routes and firewall rules, capture packets.',
  sysadmin: 'Privileged: every capability and device of the node. Only where nothing less will do.',
};

/** The same of a debugger on a node. */
export const nodeProfileGrants: Record<Profile, string> = {
  general:
    'The node’s processes, network and IPC, and its files below /host. No capability beyond a usual container’s.',
  baseline: 'A pod like any other on the node: it sees nothing of the node itself.',
  restricted: 'A pod like any other on the node, not as root and without capabilities.',
  netadmin: 'The node’s processes, network and IPC, with NET_ADMIN and NET_RAW; none of its files.',
  sysadmin: 'All that root on the node has: privileged, its namespaces, and its files below /host.',
};

/**
 * A container's security context (core/v1 SecurityContext) with what the profile makes of it. `before` is that of a container
 * that is changed; a new one has none.
 */
export function applyProfile(profile: Profile, before?: JsonObject): JsonObject | undefined {
  switch (profile) {
    case 'general':
      return withCapabilities(before, ['SYS_PTRACE']);
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
      return withCapabilities(before, ['NET_ADMIN', 'NET_RAW']);
    case 'sysadmin':
      return { ...before, privileged: true };
  }
}

function withCapabilities(before: JsonObject | undefined, added: string[]): JsonObject {
  const capabilities = isJsonObject(before?.['capabilities']) ? before['capabilities'] : {};
  const add = Array.isArray(capabilities['add']) ? capabilities['add'] : [];
  return { ...before, capabilities: { ...capabilities, add: [...add, ...added] } };
}
