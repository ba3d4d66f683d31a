import type { V1Status } from '@kubernetes/client-node';
import { parseStatus } from './api-error.ts';

/** The first byte of each WebSocket message (k8s.io/apimachinery remotecommand; v5 adds close). */
export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

/** Newest first; v5 can close stdin alone, v4 is what servers before 1.29 speak. */
export const subprotocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

export function encodeFrame(channel: number, bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(bytes.length + 1);
  frame[0] = channel;
  frame.set(bytes, 1);
  return frame;
}

export function encodeResize(columns: number, rows: number): Uint8Array {
  return encodeFrame(channels.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
}

/** How the status channel says that a stream ended. */
export type StreamStatus =
  | { kind: 'exit'; exitCode: number }
  | { kind: 'failure'; message: string; code: number | undefined };

export function parseStreamStatus(bytes: Uint8Array): StreamStatus {
  const text = Buffer.from(bytes).toString('utf8');
  const status: V1Status | undefined = parseStatus(text) ?? parseBareStatus(text);
  if (status?.status === 'Success') return { kind: 'exit', exitCode: 0 };
  const cause = status?.details?.causes?.find((candidate) => candidate.reason === 'ExitCode');
  const exitCode = Number(cause?.message);
  if (cause !== undefined && Number.isInteger(exitCode)) return { kind: 'exit', exitCode };
  return {
    kind: 'failure',
    message: status?.message ?? (text.slice(0, 2000) || 'the stream failed'),
    code: status?.code,
  };
}

/** The kubelet's Status on a stream has no kind. */
function parseBareStatus(text: string): V1Status | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'status' in value ? (value as V1Status) : undefined;
  } catch {
    // Not JSON: shown as it is.
    return undefined;
  }
}
