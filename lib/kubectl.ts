import type { DebugRequest } from './protocol/events.ts';

/** Quotes for a POSIX shell only where needed, so that the usual command stays readable. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function kubectl(context: string, namespace: string, ...words: string[]): string {
  return ['kubectl', '--context', context, '-n', namespace, ...words].map(shellQuote).join(' ');
}

/** The `kubectl debug` that does what `request` does. */
export function toDebugCommand(request: DebugRequest): string {
  const words = ['debug', '-it', request.pod, '--image', request.image];
  if (request.target !== undefined) words.push('--target', request.target);
  words.push('--profile', request.profile);
  if (request.command !== undefined) words.push('--', ...request.command);
  return kubectl(request.context, request.namespace, ...words);
}

export interface ContainerAddress {
  context: string;
  namespace: string;
  pod: string;
  container: string;
}

export function toAttachCommand(address: ContainerAddress): string {
  return kubectl(address.context, address.namespace, 'attach', '-it', address.pod, '-c', address.container);
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
