import type { DebugRequestOf } from '#lib/debug/request.ts';

export type Options = Partial<
  Pick<DebugRequestOf<'ephemeral'>, 'command' | 'isArguments' | 'env' | 'pullPolicy' | 'custom'>
>;
export type CopyOptions = Partial<Omit<DebugRequestOf<'copy'>, 'kind'>>;

export const profiles = ['general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;
export const image = 'busybox:1.36';
/** For each kind of debugger. */
export const variations: Record<string, Options> = {
  'nothing else': {},
  'a command': { command: ['sh', '-c', 'echo "it\'s" $HOME; exec sh'] },
  'arguments only': { command: ['-c', 'sleep 1 # a  b'], isArguments: true },
  variables: {
    env: [
      { name: 'A', value: '1' },
      { name: 'EMPTY', value: '' },
      { name: 'COMMAS', value: 'a,b c' },
      { name: 'EQUALS', value: 'a=b,c=d' },
      { name: 'QUOTES', value: '"a" \'b\'' },
      { name: 'LINES', value: 'one\ntwo\\n' },
    ],
  },
  'never pull': { pullPolicy: 'Never' },
  'a user': { custom: { securityContext: { runAsUser: 1000, runAsGroup: 2000 } } },
  'other capabilities': { custom: { securityContext: { capabilities: { add: ['SYS_TIME'] } } } },
  'variables and a folder of its own': {
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: 'x=y' },
    ],
    custom: {
      env: [
        { name: 'A', value: '2' },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
      workingDir: '/tmp',
    },
  },
  'all at once': {
    command: ['-l'],
    isArguments: true,
    pullPolicy: 'Always',
    env: [{ name: 'Z', value: 'z' }],
    custom: { securityContext: { allowPrivilegeEscalation: true }, terminationMessagePath: '/dev/null' },
  },
};
export const ephemeralVariations: Record<string, Options & { target?: string }> = {
  ...variations,
  'a target': { target: 'web' },
  'a volume': { custom: { volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }] } },
  'a target, and all at once': { target: 'web', ...variations['all at once'] },
};
export const copyVariations: Record<string, CopyOptions> = {
  ...Object.fromEntries(Object.entries(variations).map(([what, options]) => [what, { image, ...options }])),
  'on the same node': { image, sameNode: true },
  'processes not shared': { image, shareProcesses: false },
  'processes shared': { image, shareProcesses: true },
  'everything kept': {
    image,
    keep: ['labels', 'annotations', 'liveness', 'readiness', 'startup', 'initContainers'],
  },
  'nothing kept': { image, keep: [] },
  'labels and probes kept': { image, keep: ['labels', 'readiness', 'startup'] },
  'one image set': { image, setImages: { web: 'nginx:1.25' } },
  'all images set': { image, setImages: { '*': 'nginx:1.25', helper: 'alpine:3.22' } },
  'nothing but images': { setImages: { web: 'nginx:1.25' } },
  'nothing but images, on the same node': { setImages: { '*': 'nginx:1.25' }, sameNode: true, shareProcesses: true },
  'a container changed': { image, container: 'web' },
  'a container’s command changed': { container: 'web', command: ['sh'] },
  'a container’s arguments changed': { container: 'web', command: ['-v'], isArguments: true },
  'a container’s variables changed': { container: 'web', image, env: [{ name: 'NEW', value: '1' }] },
  'a container’s variables that no flag can say': { container: 'web', image, env: [{ name: 'OLD', value: 'a=b' }] },
  'a plain container changed': { container: 'helper', image, pullPolicy: 'Never' },
  'a container with ports': {
    image,
    custom: { ports: [{ containerPort: 8080 }], resources: { limits: { cpu: '1' } } },
  },
};

/**
 * All variations with the profile that adds to a container's security context and with the one that begins it anew; these with
 * the others, for their sake.
 */
const allVariations: readonly string[] = ['general', 'restricted'];
const fewVariations = ['nothing else', 'all at once', 'other capabilities', 'a container changed'];

/** What is compared: profile, variation and its name. */
export function* combine<T>(
  all: Record<string, T>,
): Generator<[profile: (typeof profiles)[number], what: string, options: T]> {
  for (const profile of profiles)
    for (const [what, options] of Object.entries(all))
      if (allVariations.includes(profile) || fewVariations.includes(what)) yield [profile, what, options];
}
