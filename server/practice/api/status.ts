import { AlreadyExistsError, ConflictError, ExpiredError, NotFoundError } from '../store/object-store.ts';

/** metav1.StatusReason, as far as it is used here. */
export type StatusReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Expired'
  | 'Invalid'
  | 'UnsupportedMediaType'
  | 'InternalError';

const codes: Record<StatusReason, number> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  UnsupportedMediaType: 415,
  Invalid: 422,
  InternalError: 500,
};

export interface StatusCause {
  reason: string;
  message: string;
  field: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  causes?: StatusCause[];
}

/** A failure as the API server reports it. Clients act on its reason and show its message. */
export class StatusError extends Error {
  readonly reason: StatusReason;
  readonly details: StatusDetails | undefined;

  constructor(reason: StatusReason, message: string, details?: StatusDetails) {
    super(message);
    this.name = 'StatusError';
    this.reason = reason;
    this.details = details;
  }

  get code(): number {
    return codes[this.reason];
  }

  toJSON() {
    const { message, reason, details, code } = this;
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      ...(details ? { details } : {}),
      code,
    };
  }
}

/** The details that name an object; `kind` holds the plural, as clients expect. */
export function detailsOf(resource: { plural: string; group: string }, name?: string): StatusDetails {
  return {
    ...(name === undefined ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
  };
}

/** Puts an error of the store into the API server's words. */
export function toStatusError(error: unknown, details: StatusDetails): StatusError {
  if (error instanceof StatusError) return error;
  if (error instanceof NotFoundError)
    return new StatusError('NotFound', `${pluralOf(details)} "${details.name}" not found`, details);
  if (error instanceof AlreadyExistsError)
    return new StatusError('AlreadyExists', `${pluralOf(details)} "${details.name}" already exists`, details);
  if (error instanceof ConflictError) {
    return new StatusError(
      'Conflict',
      `Operation cannot be fulfilled on ${pluralOf(details)} "${details.name}": ${error.message}`,
      details,
    );
  }
  if (error instanceof ExpiredError) return new StatusError('Expired', error.message);
  return new StatusError('InternalError', 'Internal error occurred');
}

function pluralOf({ kind, group }: StatusDetails): string {
  return group === undefined ? (kind ?? '') : `${kind}.${group}`;
}
