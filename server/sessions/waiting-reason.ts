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
export function explainWaiting(container: ContainerDetail | undefined, events: PodEvent[], since: number): Waiting {
  const own = events.filter((candidate) => candidate.container === container?.name && candidate.at >= since);
  const state = container?.state;
  if (state?.kind === 'running') return { step: 'Running; attaching to it' };
  if (container !== undefined && state?.kind === 'waiting' && !startingReasons.has(state.reason))
    return explainProblem(container, state, own);
  const [latest] = own;
  if (container !== undefined && latest !== undefined && failureReasons.has(latest.reason)) {
    return explainProblem(container, { reason: latest.reason, message: latest.message }, own);
  }
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
    next: 'Check the name and tag, and that the node reaches the registry. The node goes on trying; cancel and start another debugger if the name is wrong.',
  });
  return problem('The image can’t be pulled', error);
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
    return 'The profile or the pod forbids root, and this image runs as root: use an image with a numeric user that is not 0, or another profile.';
  }
  if (/executable file not found|no such file or directory/.test(message)) {
    return 'The image has no such program: choose another command, or an image with a shell such as busybox.';
  }
  if (/permission denied/.test(message)) return 'The command is not executable for the container’s user.';
  if (/no running task|failed to get target|not found/.test(message))
    return 'The target may have restarted; start another debugger.';
  return 'Start another debugger with another image, command or profile.';
}

/** How a terminal ends whose container is over: an error where it never ran. */
export function explainTerminated(container: ContainerDetail): { exitCode: number; reason: string; error?: WireError } {
  if (container.state.kind !== 'terminated') throw new TypeError(`${container.name} has not terminated`);
  const { exitCode, reason, message } = container.state;
  const neverRan = reason === 'StartError' || reason === 'ContainerCannotRun';
  if (!neverRan) return { exitCode, reason };
  const error = new AppError('container', `Container ${container.name} could not be started: ${message ?? reason}`, {
    next: adviceFor(message ?? ''),
  });
  return { exitCode, reason, error: toWireError(error) };
}
