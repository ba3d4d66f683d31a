import { isJsonObject, objectIn } from '../json.ts';
import type { ContainerDetail, PodDetail } from '../pods.ts';
import { type EphemeralContainerOptions, toEphemeralContainer } from './debug-container.ts';
import { hostFilesPath } from './node-debugger.ts';
import { type Cure, isKnownToRunAsRoot } from './preflight.ts';

export type AbilityName = 'processes' | 'signal' | 'files' | 'trace' | 'localhost' | 'volumes';

/** Whether a debugger can do it, why, and what would let it. `unknown`: it depends on what only the node knows. */
export interface Ability {
  name: AbilityName;
  is: 'yes' | 'no' | 'unknown';
  why: string;
  cure?: Cure;
}

/** What decides what a process may do to another (capabilities(7), ptrace(2) "access mode checking", kill(2)). */
interface Debugger {
  /** Undefined: the image's, which isn't known. */
  user: number | undefined;
  isPrivileged: boolean;
  /** Capabilities that the container adds, and whether it drops the runtime's own. */
  added: ReadonlySet<string>;
  dropsAll: boolean;
  mounts: string[];
}

/** What a debugger with these options will be able to do in this pod, before it is started. `where`: in it, or on its node. */
export function predictAbilities(
  pod: PodDetail,
  options: EphemeralContainerOptions,
  where: 'pod' | 'node' = 'pod',
): Ability[] {
  const own = toDebugger(pod, options);
  const target = pod.containers.find(({ name }) => name === options.target);
  const seen = where === 'node' ? predictNodeSight(pod) : predictSight(pod, target);
  const others: Ability[] = [
    predictLocalhost(pod, where),
    where === 'node' ? predictNodeFiles(own) : predictVolumes(own),
  ];
  if (seen.is !== 'yes') {
    const whose = where === 'node' ? 'node' : 'pod';
    const unseen = (name: AbilityName): Ability => ({
      ...seen,
      name,
      why: `It sees none of the ${whose}’s processes.`,
    });
    return [seen, unseen('signal'), unseen('files'), unseen('trace'), ...others];
  }
  const rest = [predictSignal(own, target), predictFiles(own, target), predictTrace(own, target)];
  return [seen, ...(where === 'node' ? rest.map(curedOnNode) : rest), ...others];
}

function predictNodeSight({ settings }: PodDetail): Ability {
  const name = 'processes';
  if (settings.hostPID) return { name, is: 'yes', why: 'It has the node’s process list.' };
  const why = 'With this profile it is a pod like any other, on the node but apart from it.';
  return { name, is: 'no', why, cure: { profile: 'general' } };
}

function predictLocalhost({ settings }: PodDetail, where: 'pod' | 'node'): Ability {
  const name = 'localhost';
  if (where === 'pod') return { name, is: 'yes', why: 'All containers of a pod have one network.' };
  return settings.hostNetwork
    ? { name, is: 'yes', why: 'It has the node’s network.' }
    : { name, is: 'no', why: 'It has a network of its own.', cure: { profile: 'netadmin' } };
}

function predictNodeFiles({ mounts }: Debugger): Ability {
  const name = 'volumes';
  return mounts.includes(hostFilesPath)
    ? { name, is: 'yes', why: `The node’s files are below ${hostFilesPath}.` }
    : { name, is: 'no', why: 'None of the node’s files is mounted.', cure: { profile: 'general' } };
}

/** There, only one profile adds the capability. */
function curedOnNode(ability: Ability): Ability {
  return ability.cure?.profile === 'general' ? { ...ability, cure: { profile: 'sysadmin' } } : ability;
}

function toDebugger(pod: PodDetail, options: EphemeralContainerOptions): Debugger {
  const container = toEphemeralContainer('debugger', options);
  const context = objectIn(container, 'securityContext');
  const capabilities = objectIn(context, 'capabilities');
  const user = context['runAsUser'] ?? pod.user;
  const image = isKnownToRunAsRoot(options.image) ? 0 : undefined;
  const mounts = Array.isArray(container['volumeMounts']) ? container['volumeMounts'] : [];
  return {
    user: typeof user === 'number' ? user : image,
    isPrivileged: context['privileged'] === true,
    added: new Set(namesIn(capabilities['add'])),
    dropsAll: namesIn(capabilities['drop']).includes('ALL'),
    mounts: mounts.flatMap((mount) => (isJsonObject(mount) ? [String(mount['mountPath'])] : [])),
  };
}

/** With or without the prefix that the kernel gives them. */
function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map((name) => String(name).replace(/^CAP_/, '')) : [];
}

function predictSight(pod: PodDetail, target: ContainerDetail | undefined): Ability {
  const name = 'processes';
  if (pod.settings.hostPID) return { name, is: 'yes', why: 'The pod has the node’s process list: all of the node’s.' };
  if (pod.settings.shareProcessNamespace)
    return { name, is: 'yes', why: 'The pod shares one process list: those of all its containers.' };
  if (target !== undefined) return { name, is: 'yes', why: `It joins the process list of ${target.name}.` };
  const [first] = pod.containers.filter(({ kind, state }) => kind === 'main' && state.kind === 'running');
  return {
    name,
    is: 'no',
    why: 'Without a target it has a process list of its own.',
    ...(first === undefined ? {} : { cure: { target: first.name } }),
  };
}

function predictSignal(own: Debugger, target: ContainerDetail | undefined): Ability {
  const name = 'signal';
  if (isAllPowerful(own) || (own.user === 0 && (!own.dropsAll || own.added.has('KILL'))))
    return { name, is: 'yes', why: 'It runs as root, with the capability KILL.' };
  const same = sameUser(own, target);
  if (same === undefined) return { name, is: 'unknown', why: 'Those of its own user: which that is, its image says.' };
  if (same) return { name, is: 'yes', why: `Both run as user ${own.user}.` };
  return { name, is: 'no', why: differentUsers(own, target), ...cureByUser(target) };
}

function predictFiles(own: Debugger, target: ContainerDetail | undefined): Ability {
  const name = 'files';
  if (canTraceAll(own)) return { name, is: 'yes', why: 'SYS_PTRACE opens /proc/<pid>/root of every process.' };
  const same = sameUser(own, target);
  if (same === undefined)
    return { name, is: 'unknown', why: 'Those of processes of its own user.', cure: { profile: 'general' } };
  if (!same) return { name, is: 'no', why: whyNoTrace(own, target), ...cureByTracing(own, target) };
  if (target !== undefined && hasMoreThan(target, own))
    return {
      name,
      is: 'no',
      why: `${target.name} has capabilities that it lacks: only SYS_PTRACE looks into such a process.`,
      ...cureByTracing(own, undefined),
    };
  return { name, is: 'yes', why: `Both run as user ${own.user}: /proc/<pid>/root opens.` };
}

function predictTrace(own: Debugger, target: ContainerDetail | undefined): Ability {
  const name = 'trace';
  if (canTraceAll(own)) return { name, is: 'yes', why: 'It has SYS_PTRACE, for strace and gdb.' };
  const same = sameUser(own, target);
  if (same === false || (target !== undefined && hasMoreThan(target, own)))
    return { name, is: 'no', why: whyNoTrace(own, target), ...cureByTracing(own, target) };
  return {
    name,
    is: 'unknown',
    why: 'Without SYS_PTRACE the node decides (kernel.yama.ptrace_scope).',
    ...cureByTracing(own, undefined),
  };
}

function predictVolumes({ mounts }: Debugger): Ability {
  const name = 'volumes';
  if (mounts.length > 0) return { name, is: 'yes', why: `Mounted at ${mounts.join(', ')}.` };
  return {
    name,
    is: 'no',
    why: 'None is mounted. Where it can read the target’s files, they are below /proc/<pid>/root.',
  };
}

function isAllPowerful(own: Debugger): boolean {
  return own.user === 0 && (own.isPrivileged || own.added.has('ALL'));
}

/** A container's capabilities are root's: another user's process begins without any. */
function canTraceAll(own: Debugger): boolean {
  return isAllPowerful(own) || (own.user === 0 && own.added.has('SYS_PTRACE'));
}

/** Undefined where one of them isn't known; without a target there are several. */
function sameUser(own: Debugger, target: ContainerDetail | undefined): boolean | undefined {
  if (own.user === undefined || target?.user === undefined) return undefined;
  return own.user === target.user;
}

/** Capabilities beyond the runtime's own, or the runtime's own where the debugger gave them up. */
function hasMoreThan(target: ContainerDetail, own: Debugger): boolean {
  if (target.user !== 0) return false;
  if (target.privileged || own.dropsAll) return true;
  return namesIn(target.addedCapabilities).some((capability) => !own.added.has(capability));
}

function differentUsers(own: Debugger, target: ContainerDetail | undefined): string {
  return `It runs as user ${own.user}, ${target?.name} as ${target?.user}.`;
}

function whyNoTrace(own: Debugger, target: ContainerDetail | undefined): string {
  if (own.user !== 0 && own.added.has('SYS_PTRACE'))
    return `Capabilities are given to root alone, and it runs as user ${own.user}.`;
  if (sameUser(own, target) === false) return `${differentUsers(own, target)} That takes SYS_PTRACE.`;
  return 'That takes SYS_PTRACE.';
}

/** Root is not proposed: who has another user has a reason. */
function cureByUser(target: ContainerDetail | undefined): { cure?: Cure } {
  return target?.user ? { cure: { user: target.user } } : {};
}

function cureByTracing(own: Debugger, target: ContainerDetail | undefined): { cure?: Cure } {
  return own.user === 0 || own.user === undefined ? { cure: { profile: 'general' } } : cureByUser(target);
}
