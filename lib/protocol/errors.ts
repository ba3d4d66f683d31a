/** Every way a request can fail that the browser may tell apart. */
export type ErrorCode =
  | 'no-kubeconfig'
  | 'bad-kubeconfig'
  | 'unknown-context'
  | 'unreachable'
  | 'credentials'
  | 'forbidden'
  | 'policy'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'invalid'
  | 'image'
  | 'container'
  | 'timeout'
  | 'cancelled'
  | 'rate-limited'
  | 'disconnected'
  | 'outdated'
  | 'internal';

/**
 * What a person reads when something failed: `message` says what and why, `next` what to do,
 * `role` is a Role in YAML to ask an administrator for.
 */
export interface WireError {
  code: ErrorCode;
  message: string;
  next?: string;
  role?: string;
}

export interface AppErrorOptions {
  cause?: unknown;
  next?: string;
  role?: string;
}

/** An error that is meant for the person in front of the page. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly next: string | undefined;
  readonly role: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.next = options.next;
    this.role = options.role;
  }
}

/** The only way an error leaves the server. Unknown errors say "internal"; their stack stays in the log. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof AppError)) {
    return {
      code: 'internal',
      message: 'Something in Ephemera itself failed.',
      next: 'Try again; if it happens again, the server log has the details.',
    };
  }
  const wire: WireError = { code: error.code, message: error.message };
  if (error.next !== undefined) wire.next = error.next;
  if (error.role !== undefined) wire.role = error.role;
  return wire;
}

export function fromWireError(wire: WireError): AppError {
  const options: AppErrorOptions = {};
  if (wire.next !== undefined) options.next = wire.next;
  if (wire.role !== undefined) options.role = wire.role;
  return new AppError(wire.code, wire.message, options);
}
