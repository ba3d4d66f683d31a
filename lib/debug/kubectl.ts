import type { PortForward } from '../port-forward.ts';
import type { EphemeralContainerOptions } from './debug-container.ts';
import type { NodeDebuggerOptions } from './node-debugger.ts';
import { hasDebugger, type Keepable, keepable, keptByDefault, type PodCopyOptions } from './pod-copy.ts';
import { toFlags } from './variables.ts';

/** Quotes for a POSIX shell only where needed, so that the usual command stays readable. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function kubectl(context: string, namespace: string, ...words: string[]): string {
  return ['kubectl', '--context', context, '-n', namespace, ...words].map(shellQuote).join(' ');
}

interface InContext {
  context: string;
  namespace: string;
}

/** A debugger of each kind that there is. */
export type DebugCommandOptions = InContext &
  (
    | ({ kind: 'ephemeral'; pod: string } & EphemeralContainerOptions)
    | ({ kind: 'copy'; pod: string } & PodCopyOptions)
    | ({ kind: 'node' } & NodeDebuggerOptions)
  );

/** The `kubectl debug` that does what these options say. What is merged over the container needs bash, zsh or ksh. */
export function toDebugCommand(options: DebugCommandOptions): string {
  const { context, namespace, image, profile, pullPolicy, command, isArguments } = options;
  const isInteractive = options.kind !== 'copy' || hasDebugger(options);
  const words = [
    'debug',
    ...(isInteractive ? ['-it'] : []),
    options.kind === 'node' ? `node/${options.node}` : options.pod,
  ];
  if (options.kind === 'copy') words.push('--copy-to', options.copyName);
  if (image !== undefined) words.push('--image', image);
  if (options.kind === 'ephemeral' && options.target !== undefined) words.push('--target', options.target);
  if (options.kind === 'copy') words.push(...toCopyFlags(options));
  const { plain, custom } = toFlags(options.env ?? [], options.custom);
  if (isInteractive) {
    words.push('--profile', profile);
    if (pullPolicy !== undefined) words.push('--image-pull-policy', pullPolicy);
    for (const { name, value } of plain) words.push('--env', `${name}=${value}`);
    if (isArguments && command !== undefined) words.push('--arguments-only');
  }
  return [
    kubectl(context, namespace, ...words),
    // kubectl wants a file: the shell gives the text as one.
    ...(custom === undefined || !isInteractive ? [] : [`--custom <(printf %s ${shellQuote(JSON.stringify(custom))})`]),
    ...(command === undefined || !isInteractive ? [] : ['--', ...command.map(shellQuote)]),
  ].join(' ');
}

const keepFlags: Record<Keepable, string> = {
  labels: '--keep-labels',
  annotations: '--keep-annotations',
  liveness: '--keep-liveness',
  readiness: '--keep-readiness',
  startup: '--keep-startup',
  initContainers: '--keep-init-containers',
};

function toCopyFlags({ container, setImages, shareProcesses, sameNode, replace, keep }: PodCopyOptions): string[] {
  const flags: string[] = [];
  if (container !== undefined) flags.push('--container', container);
  for (const [name, image] of Object.entries(setImages ?? {})) flags.push('--set-image', `${name}=${image}`);
  if (shareProcesses !== undefined) flags.push(`--share-processes=${shareProcesses}`);
  if (sameNode) flags.push('--same-node');
  if (replace) flags.push('--replace');
  for (const what of keepable) {
    const isKept = keep.includes(what);
    if (isKept !== keptByDefault.includes(what)) flags.push(isKept ? keepFlags[what] : `${keepFlags[what]}=false`);
  }
  return flags;
}

export interface ContainerAddress {
  context: string;
  namespace: string;
  pod: string;
  container: string;
}

/** `graceSeconds`: how long its processes may take to end; left out: what the pod says. */
export function toDeleteCommand(
  { context, namespace, pod }: Omit<ContainerAddress, 'container'>,
  graceSeconds?: number,
): string {
  const grace = graceSeconds === undefined ? [] : [`--grace-period=${graceSeconds}`];
  return kubectl(context, namespace, 'delete', 'pod', pod, ...grace);
}

export function toAttachCommand(address: ContainerAddress): string {
  return kubectl(address.context, address.namespace, 'attach', '-it', address.pod, '-c', address.container);
}

/** The same local address and port, so that links to it stay good. */
export function toForwardCommand({
  context,
  namespace,
  pod,
  port,
  localAddress,
  localPort,
}: InContext & Pick<PortForward, 'pod' | 'port' | 'localAddress' | 'localPort'>): string {
  return kubectl(context, namespace, 'port-forward', '--address', localAddress, `pod/${pod}`, `${localPort}:${port}`);
}

export function toExecCommand(address: ContainerAddress, command: string[]): string {
  return kubectl(
    address.context,
    address.namespace,
    'exec',
    '-it',
    address.pod,
    '-c',
    address.container,
    '--',
    ...command,
  );
}
