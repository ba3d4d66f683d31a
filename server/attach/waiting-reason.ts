import { explainExitCode } from '#lib/exit-code.ts';
import type { ContainerDetail, ContainerState, PodEvent } from '#lib/pods.ts';
import { AppError, toWireError, type WireError } from '#lib/protocol/errors.ts';

const pullProblems = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
]);

const startingReasons = new Set(['ContainerCreating', 'PodInitializing']);
const failureReasons = new Set(['Failed', 'BackOff', 'InspectFailed', 'ErrImageNeverPull']);

/** What a debugger is waiting for, as a step for the person who waits; with a problem where waiting won't help. */
export interface Waiting {
  step: string;
  detail?: string;
  problem?: WireError;
}

/**
 * The kubelet's events tell of a failure at once; the container's state in the pod's status follows with its next
 * sync, ten seconds and more later, so both are looked at.
 */
export function explainWaiting(
  container: ContainerDetail | undefined,
  events: PodEvent[],
  since: number,
  podStatus = '',
): Waiting {
  const own = events.filter((candidate) => candidate.container === container?.name && candidate.at >= since);
  const state = container?.state;
  if (state?.kind === 'running') return { step: 'Running; attaching to it' };
  if (container !== undefined && state?.kind === 'waiting' && !startingReasons.has(state.reason))
    return explainProblem(container, state, own);
  const [latest] = own;
  if (container !== undefined && latest !== undefined && failureReasons.has(latest.reason)) {
    return explainProblem(container, { reason: latest.reason, message: latest.message }, own);
  }
  const ofPod = latest === undefined ? explainPod(events, since) : undefined;
  if (ofPod !== undefined) return ofPod;
  if (podStatus.startsWith('Init:')) return { step: `Waiting for its init containers (${podStatus})` };
  switch (latest?.reason) {
    case 'Pulling':
      return { step: 'The node is pulling the image', detail: latest.message };
    case 'Pulled':
      return { step: 'The image is there; the container is being created', detail: latest.message };
    case 'Created':
    case 'Started':
      return { step: 'Created; attaching to it' };
    default:
      return { step: 'Waiting for the node to start the container' };
  }
}

/** What keeps a whole pod from starting, by its node's or the scheduler's event. */
const podProblems: Record<string, { step: string; next: string }> = {
  FailedScheduling: {
    step: 'No node takes the pod',
    next: 'The scheduler goes on trying. Cancel, and ask for less, for the same node, or for another one.',
  },
  FailedMount: { step: 'A volume can’t be mounted', next: 'The node goes on trying. The event names the volume.' },
  FailedAttachVolume: {
    step: 'A volume can’t be attached',
    next: 'A volume that only one node may use can’t be in a copy elsewhere: try the same node.',
  },
  FailedCreatePodSandBox: {
    step: 'The node can’t make the pod’s sandbox',
    next: 'The node goes on trying; its network plugin or runtime knows more.',
  },
};

function explainPod(events: PodEvent[], since: number): Waiting | undefined {
  const event = events.find((one) => one.container === undefined && one.at >= since && one.reason in podProblems);
  const words = podProblems[event?.reason ?? ''];
  if (event === undefined || words === undefined) return undefined;
  const { step, next } = words;
  return problem(step, new AppError('container', `${step} (${event.reason}): ${event.message}`, { next }));
}

function explainProblem(container: ContainerDetail, state: WaitingState, events: PodEvent[]): Waiting {
  // "Error: ErrImagePull" and "Back-off pulling image" follow an event that says why.
  const pull = events.find((event) => /^Failed to (pull|inspect|apply default image tag)/.test(event.message));
  const isPull = pullProblems.has(state.reason) || pull !== undefined;
  if (isPull)
    return imageProblem(container.image, { reason: state.reason, message: pull?.message ?? state.message ?? '' });
  const failed = events.find((event) => event.reason === 'Failed');
  const message = state.reason === 'BackOff' ? failed?.message : (state.message ?? failed?.message);
  return containerProblem(container.name, { reason: state.reason, message: message?.replace(/^Error: /, '') ?? '' });
}

type WaitingState = Pick<Extract<ContainerState, { kind: 'waiting' }>, 'reason' | 'message'>;

function imageProblem(image: string, state: WaitingState): Waiting {
  const said = state.message?.replace(/^Failed to pull image "[^"]*": /, '') || 'it does not say why';
  const error = new AppError('image', `The node can't pull ${image}${inBrackets(state.reason)}: ${said}`, {
    next: `${adviceForPull(said)} The node goes on trying.`,
  });
  return problem('The image can’t be pulled', error);
}

/** By the words of containerd, CRI-O and the registries. The first that fits. */
const pullAdvice: readonly [said: RegExp, advice: string][] = [
  [
    /toomanyrequests|429|rate limit/i,
    'The registry lets no more be pulled for now: wait, log in with a pull secret, or use a mirror.',
  ],
  [
    /no such host|server misbehaving|Temporary failure in name/i,
    'The node can’t find the registry’s name: check it, or use an image that the node has.',
  ],
  [
    /x509|certificate|HTTP response to HTTPS/i,
    'The node doesn’t trust the registry’s certificate: whoever runs the node must teach it.',
  ],
  [
    /i\/o timeout|deadline exceeded|connection refused|no route|network is unreachable/i,
    'The node doesn’t reach the registry: use a mirror, or an image that the node has.',
  ],
  [/no match for platform|exec format/i, 'The image is not made for the node’s processor.'],
  [/no space left/i, 'The node’s disk is full.'],
  [/manifest unknown|not found|NotFound|404/i, 'The registry has no such image or tag: check both.'],
  [
    /unauthorized|authentication required|denied|forbidden|403|401/i,
    'The registry refuses: the name may be wrong, or the pod needs a pull secret (imagePullSecrets of the pod or its service account; a debugger has the pod’s).',
  ],
  [
    /pull policy of Never|ErrImageNeverPull/i,
    'Image pull is set to Never, and the node doesn’t have it: choose another policy.',
  ],
];

function adviceForPull(said: string): string {
  const [, advice] = pullAdvice.find(([pattern]) => pattern.test(said)) ?? [];
  return advice ?? 'Check the name and tag, and that the node reaches the registry.';
}

function containerProblem(name: string, state: WaitingState): Waiting {
  const said = state.message || 'the node does not say why';
  const error = new AppError('container', `Container ${name} can't be started${inBrackets(state.reason)}: ${said}`, {
    next: adviceFor(said),
  });
  return problem('The container can’t be started', error);
}

/** The kubelet's word for the problem, where it is more than "Failed". */
function inBrackets(reason: string): string {
  return reason === 'Failed' || reason === 'BackOff' ? '' : ` (${reason})`;
}

function problem(step: string, error: AppError): Waiting {
  return { step, problem: toWireError(error) };
}

/** What helps against the usual refusals of kubelet and runtime. */
export function adviceFor(message: string): string {
  if (/runAsNonRoot|run as root|non-numeric user/.test(message)) {
    return 'The profile or the pod forbids root, and this image runs as root: run it as another user (under More options), or use an image with a numeric user that is not 0.';
  }
  if (/executable file not found|no such file or directory/.test(message)) {
    return 'The image has no such program: choose another command, or an image with a shell such as busybox.';
  }
  if (/(secret|configmap) "[^"]*" not found|couldn't find key/.test(message))
    return 'The namespace has no such Secret, ConfigMap or key: correct the variable or the volume that names it.';
  if (/permission denied/.test(message)) return 'The command is not executable for the container’s user.';
  if (/no running task|failed to get target|not found/.test(message))
    return 'The target may have restarted; start another debugger.';
  return 'Start another debugger with another image, command or profile.';
}

/** A target's end and that of what shared its process list are told with the same second, or the next. */
const sameEndMs = 2_000;

/** How a terminal ends whose container is over: an error where it never ran. `target` is as it is by then. */
export function explainTerminated(
  container: ContainerDetail,
  target?: ContainerDetail,
): { exitCode: number; reason: string; why?: string; error?: WireError } {
  if (container.state.kind !== 'terminated') throw new TypeError(`${container.name} has not terminated`);
  const { exitCode, reason, message } = container.state;
  const neverRan = reason === 'StartError' || reason === 'ContainerCannotRun';
  if (!neverRan) {
    const why = explainEnd(container.state, target);
    return { exitCode, reason, ...(why === undefined ? {} : { why }) };
  }
  const error = new AppError('container', `Container ${container.name} could not be started: ${message ?? reason}`, {
    next: adviceFor(message ?? ''),
  });
  return { exitCode, reason, error: toWireError(error) };
}

type Terminated = Extract<ContainerState, { kind: 'terminated' }>;

function explainEnd(
  { exitCode, reason, finishedAt }: Terminated,
  target: ContainerDetail | undefined,
): string | undefined {
  if (reason === 'OOMKilled') return 'It was killed because the memory that it may use was used up.';
  const targetEnd = target?.state.kind === 'terminated' ? target.state : target?.lastEnd;
  const isTogether =
    exitCode === 137 &&
    finishedAt !== undefined &&
    targetEnd?.finishedAt !== undefined &&
    Math.abs(finishedAt - targetEnd.finishedAt) <= sameEndMs;
  if (isTogether)
    return `Its target ${target?.name} ended (exit code ${targetEnd.exitCode}), and with it all that was in its process list.`;
  return explainExitCode(exitCode);
}
