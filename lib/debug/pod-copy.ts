import { isJsonObject, type JsonObject, objectIn, objectsIn } from '../json.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { type DebugContainerOptions, toEnv, toNewContainer, withCustom } from './debug-container.ts';
import { copiedFromAnnotation, debuggerAnnotation, madePodLabel } from './made-pods.ts';
import { applyProfile } from './profiles.ts';
import { toFlags, type Variable } from './variables.ts';

/** What a copy leaves out unless it is asked for; init containers are kept unless they are left out. */
export const keepable = ['labels', 'annotations', 'liveness', 'readiness', 'startup', 'initContainers'] as const;
export type Keepable = (typeof keepable)[number];
/** What kubectl keeps when nobody says anything. */
export const keptByDefault: readonly Keepable[] = ['initContainers'];

export interface PodCopyOptions extends Omit<DebugContainerOptions, 'image'> {
  /** The copy's name. */
  copyName: string;
  /** Of the debugger; undefined: the image of `container` is left as it is, or there is no debugger at all. */
  image?: string | undefined;
  /** One of the pod's containers that becomes the debugger; undefined: one is added. */
  container?: string | undefined;
  /** Other images for its containers, by their names; `*` is all. */
  setImages?: Record<string, string> | undefined;
  /** Undefined: as the pod says, and where it says nothing, yes. */
  shareProcesses?: boolean | undefined;
  sameNode?: boolean | undefined;
  /** Delete the pod that is copied. */
  replace?: boolean | undefined;
  keep: readonly Keepable[];
}

export interface PodCopy {
  pod: JsonObject;
  /** Undefined: nothing but images was changed, so there is nothing to attach to. */
  container: string | undefined;
}

/** Whether anything takes keys in it: else nothing but images is changed. */
export function hasDebugger({ image, container }: Pick<PodCopyOptions, 'image' | 'container'>): boolean {
  return image !== undefined || container !== undefined;
}

const probes = { livenessProbe: 'liveness', readinessProbe: 'readiness', startupProbe: 'startup' } as const;

/**
 * The pod that `kubectl debug -it POD --copy-to NAME` makes of the same options (pkg/cmd/debug/debug.go,
 * generatePodCopyWithDebugContainer), and a label and an annotation of ours, by which it is found again. `newName` is for a
 * container that is added.
 */
export function toPodCopy(original: JsonObject, newName: string, options: PodCopyOptions): PodCopy {
  const { setImages = {} } = options;
  const { ephemeralContainers: _, nodeName, ...spec } = objectIn(original, 'spec');
  const containers = objectsIn(spec, 'containers').map((one) => {
    const image = setImages[String(one['name'])] ?? setImages['*'];
    return image === undefined ? one : { ...one, image };
  });
  const same = withoutUndefined({
    ...spec,
    nodeName: options.sameNode ? nodeName : undefined,
    shareProcessNamespace: options.shareProcesses ?? spec['shareProcessNamespace'],
  });
  // Where nothing but images is asked for, kubectl applies no profile, and so takes nothing away.
  if (!hasDebugger(options))
    return {
      pod: toPod(original, options, { spec: { ...same, containers }, keep: ['labels', 'annotations'] }),
      container: undefined,
    };
  const { plain, custom } = toFlags(options.env ?? [], options.custom);
  const kept = new Set(options.keep);
  const name = options.container ?? newName;
  const others = kept.has('initContainers') ? same : withoutField(same, 'initContainers');
  const debugged =
    options.container === undefined
      ? [...containers, toNewContainer(name, { ...options, image: options.image ?? '', env: plain })]
      : containers.map((one) => (one['name'] === name ? changeContainer(one, options, plain) : one));
  const copied = {
    ...others,
    shareProcessNamespace: same['shareProcessNamespace'] ?? true,
    containers: debugged.map((one) => {
      const probed = withoutProbes(one, kept);
      return one['name'] === name ? withCustom(withProfile(probed, options), custom) : probed;
    }),
  };
  return { pod: toPod(original, options, { spec: copied, keep: options.keep, container: name }), container: name };
}

function toPod(
  original: JsonObject,
  options: PodCopyOptions,
  { spec, keep, container }: { spec: JsonObject; keep: readonly Keepable[]; container?: string },
): JsonObject {
  const metadata = objectIn(original, 'metadata');
  const kept = (field: 'labels' | 'annotations') => (keep.includes(field) ? objectIn(metadata, field) : {});
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: options.copyName,
      labels: { ...kept('labels'), [madePodLabel]: 'copy' },
      annotations: {
        ...kept('annotations'),
        [copiedFromAnnotation]: String(metadata['name']),
        ...(container === undefined ? {} : { [debuggerAnnotation]: container }),
      },
    },
    spec,
  };
}

function changeContainer(container: JsonObject, options: PodCopyOptions, env: Variable[]): JsonObject {
  const { command, isArguments, image, pullPolicy } = options;
  const { command: oldCommand, args: oldArguments, ...others } = container;
  const program =
    command === undefined
      ? { command: oldCommand, args: oldArguments }
      : isArguments
        ? { command: oldCommand, args: command }
        : { command };
  return withoutUndefined({
    ...others,
    ...program,
    env: env.length === 0 ? others['env'] : toEnv(env),
    image: image ?? others['image'],
    imagePullPolicy: pullPolicy ?? others['imagePullPolicy'],
    stdin: true,
    tty: true,
  });
}

function withProfile(container: JsonObject, { profile }: PodCopyOptions): JsonObject {
  const before = container['securityContext'];
  const securityContext = applyProfile(profile, isJsonObject(before) ? before : undefined);
  return withoutUndefined({ ...container, securityContext });
}

function withoutProbes(container: JsonObject, kept: ReadonlySet<Keepable>): JsonObject {
  let left = container;
  for (const [field, name] of Object.entries(probes)) if (!kept.has(name)) left = withoutField(left, field);
  return left;
}

function withoutField(object: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
}
