import type { TerminalSummary } from '../terminal/summary.ts';
import type { EphemeralContainerOptions } from './debug-container.ts';
import type { NodeDebuggerOptions } from './node-debugger.ts';
import type { PodCopyOptions } from './pod-copy.ts';

interface NamespaceAddress {
  context: string;
  namespace: string;
}

/** A container in a pod that runs. */
interface EphemeralDebugRequest extends NamespaceAddress, EphemeralContainerOptions {
  kind: 'ephemeral';
  pod: string;
}

/** A container in a copy of a pod: added to it, or one of its own that is changed. */
interface CopyDebugRequest extends NamespaceAddress, PodCopyOptions {
  kind: 'copy';
  pod: string;
}

/** A pod on a node, with the node's namespaces and files where its profile has them. */
interface NodeDebugRequest extends NamespaceAddress, NodeDebuggerOptions {
  kind: 'node';
}

/** A debugger that somebody asks for. */
export type DebugRequest = EphemeralDebugRequest | CopyDebugRequest | NodeDebugRequest;
export type DebugRequestOf<K extends DebugRequest['kind']> = Extract<DebugRequest, { kind: K }>;

/** What was started: with a terminal, unless it is a copy in which nothing but images differs. */
export interface StartedDebugger {
  namespace: string;
  pod: string;
  terminal: TerminalSummary | undefined;
}

/** All images that a request names. */
export function imagesOf(request: DebugRequest): string[] {
  const others = request.kind === 'copy' ? Object.values(request.setImages ?? {}) : [];
  return request.image === undefined ? others : [request.image, ...others];
}
