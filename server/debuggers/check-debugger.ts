import {
  isKnownToRunAsRoot,
  lesserProfiles,
  lesserProfileWords,
  type Preflight,
  type PreflightProblem,
} from '#lib/debug/preflight.ts';
import { type Profile, profiles } from '#lib/debug/profiles.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import { askUserName, missingRights, type Right, toRoleAndBinding } from '../kubernetes/access-review.ts';
import { resourceOf } from '../kubernetes/api-call.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getNodeState } from '../kubernetes/nodes.ts';
import { watchedPod } from '../kubernetes/pod-watch.ts';
import { type PreparedDebugger, prepareDebugger } from './prepare-debugger.ts';

/** Of a terminal on a debugger. A stream is a GET, and from Kubernetes 1.35 on checked as create, too. */
const attachRights: readonly Right[] = [
  { resource: 'pods', subresource: 'attach', verb: 'get' },
  { resource: 'pods', subresource: 'attach', verb: 'create' },
];
/** What a launch does. A pod that is made is deleted as well. */
const neededRights: Record<DebugRequest['kind'], readonly Right[]> = {
  ephemeral: [{ resource: 'pods', subresource: 'ephemeralcontainers', verb: 'patch' }, ...attachRights],
  copy: [{ resource: 'pods', verb: 'create' }, { resource: 'pods', verb: 'delete' }, ...attachRights],
  node: [{ resource: 'pods', verb: 'create' }, { resource: 'pods', verb: 'delete' }, ...attachRights],
};

/** Of nobody on most systems: neither root nor any application's. */
const anyUser = 65_534;

/** Looks what would be in a debugger's way: the user's rights, the namespace's policy, the API server's own checks. */
export async function checkDebugger(
  cluster: Cluster,
  request: DebugRequest,
  allowed: readonly Profile[] = profiles,
): Promise<Preflight> {
  const { namespace } = request;
  const [missing, node, tried] = await Promise.all([
    missingRights(cluster, namespace, neededRights[request.kind]),
    lookAtNode(cluster, request),
    tryDebugger(cluster, request, allowed),
  ]);
  const { manifest } = tried;
  const problems = [...(node?.problem === undefined ? [] : [node.problem]), ...tried.problems];
  const preflight = { manifest, imageIsOn: node?.imageIsOn };
  if (missing.length === 0) return { ...preflight, problems };
  // That the right to patch is missing is said once, with all that goes with it.
  const others = problems.filter(({ error }) => error.code !== 'forbidden');
  return { ...preflight, problems: [await explainMissing(cluster, namespace, missing), ...others] };
}

interface NodeFindings {
  imageIsOn: string | undefined;
  problem: PreflightProblem | undefined;
}

/** The node that a debugger will run on; undefined where that isn't known. */
async function lookAtNode(cluster: Cluster, request: DebugRequest): Promise<NodeFindings | undefined> {
  const name = findNode(cluster, request);
  const state = name === undefined ? undefined : await getNodeState(cluster, name, request.image ?? '');
  if (name === undefined || state === undefined) return undefined;
  const error = new AppError('unreachable', `Node ${name} is not ready: ${state.trouble}`, {
    next: 'Nothing starts on it until it is. Pick a pod on another node, or debug a copy, which goes elsewhere.',
  });
  return {
    imageIsOn: state.hasImage ? name : undefined,
    problem: state.trouble === undefined ? undefined : { error: toWireError(error) },
  };
}

function findNode(cluster: Cluster, request: DebugRequest): string | undefined {
  if (request.kind === 'node') return request.node;
  // Where another copy goes, the scheduler decides.
  if (request.kind === 'copy' && !request.sameNode) return undefined;
  // The dialog shows the pod, so it is watched.
  return watchedPod(cluster, { namespace: request.namespace, pod: request.pod })?.node;
}

async function explainMissing(cluster: Cluster, namespace: string, missing: Right[]): Promise<PreflightProblem> {
  const user = (await askUserName(cluster)) ?? cluster.summary.user;
  const rights = missing.map((right) => `${right.verb} ${resourceOf(right)}`);
  const error = new AppError('forbidden', `User ${user} may not ${rights.join(', ')} in namespace ${namespace}.`, {
    next: 'Ask whoever runs the cluster for this Role and its RoleBinding:',
    role: toRoleAndBinding(namespace, user, missing),
  });
  return { error: toWireError(error) };
}

/** Has the API server do all of it but keep it. */
async function tryDebugger(
  cluster: Cluster,
  request: DebugRequest,
  allowed: readonly Profile[],
): Promise<Omit<Preflight, 'imageIsOn'>> {
  let manifest: Preflight['manifest'];
  try {
    const prepared = await prepareDebugger(cluster, request);
    manifest = prepared.manifest;
    return { manifest, problems: await tryPrepared(prepared, request) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Some webhooks can't be tried; a launch asks them.
    if (/does not support dry run/.test(error.message)) return { manifest, problems: [] };
    const problem =
      error.code === 'policy' ? await proposeProfile(cluster, request, error, allowed) : { error: toWireError(error) };
    return { manifest, problems: [problem] };
  }
}

/** What would go wrong though the API server takes it. Rejects where it doesn't. */
async function tryPrepared(
  { container, ownName, send }: PreparedDebugger,
  request: DebugRequest,
): Promise<PreflightProblem[]> {
  const { users } = await send('try').catch((error: unknown) => {
    throw error instanceof AppError ? withoutName(error, ownName) : error;
  });
  const own = container === undefined ? undefined : users.get(container);
  const { image } = request;
  // An image that runs as root where that is forbidden is pulled, and then never started.
  if (own?.mustNotBeRoot !== true || own.user !== undefined) return [];
  if (image === undefined || !isKnownToRunAsRoot(image)) return [];
  const target = request.kind === 'ephemeral' ? (request.target ?? '') : '';
  const ofTarget = users.get(target)?.user;
  const error = new AppError('image', `${image} runs as root, which is forbidden here: it would not start.`, {
    next: `Run it as another user${ofTarget ? `: ${ofTarget} is that of ${target}` : ''}.`,
  });
  return [{ error: toWireError(error), cure: { user: ofTarget || anyUser } }];
}

/** The name that was tried is never used: it would only differ with each try. */
function withoutName(error: AppError, name: string): AppError {
  const message = error.message
    .replaceAll(`container "${name}"`, 'the debugger')
    .replaceAll(`"${name}"`, 'the debugger');
  const { code, next, role } = error;
  return new AppError(code, message, {
    cause: error,
    ...(next === undefined ? {} : { next }),
    ...(role === undefined ? {} : { role }),
  });
}

/** The most able profile that the namespace's policy allows. */
async function proposeProfile(
  cluster: Cluster,
  request: DebugRequest,
  refused: AppError,
  allowed: readonly Profile[],
): Promise<PreflightProblem> {
  for (const profile of lesserProfiles[request.profile].filter((one) => allowed.includes(one))) {
    const lesser = { ...request, profile };
    const problems = await prepareDebugger(cluster, lesser)
      .then((prepared) => tryPrepared(prepared, lesser))
      .catch((error: unknown) => {
        if (error instanceof AppError) return undefined;
        throw error;
      });
    if (problems === undefined) continue;
    const user = problems[0]?.cure?.user;
    const as = user === undefined ? '' : `, run as user ${user} because the image’s own is root`;
    const error = new AppError('policy', refused.message, {
      next: `Profile ${profile} is allowed here${as}. ${lesserProfileWords[profile]}`,
    });
    return { error: toWireError(error), cure: { profile, ...(user === undefined ? {} : { user }) } };
  }
  return { error: toWireError(refused) };
}
