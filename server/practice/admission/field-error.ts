import { StatusError } from '../api/status.ts';

/** An error in one field of an object (k8s.io/apimachinery pkg/util/validation/field). */
export interface FieldError {
  reason: string;
  field: string;
  message: string;
}

export function required(field: string, detail = ''): FieldError {
  return { reason: 'FieldValueRequired', field, message: `Required value${detail === '' ? '' : `: ${detail}`}` };
}

export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}

export function notFound(field: string, value: unknown): FieldError {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${JSON.stringify(value)}` };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${JSON.stringify(value)}` };
}

export function forbidden(field: string, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${detail}` };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const known = supported.map((one) => `"${one}"`).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${known}`,
  };
}

/** How an error names its object; '' is the core group. */
export interface ErrorSubject {
  kind: string;
  group: string;
  name: string;
}

/** Throws 422 with all errors, if there are any. */
export function requireValid({ kind, group, name }: ErrorSubject, errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  const texts = errors.map(({ field, message }) => `${field}: ${message}`);
  const subject = group === '' ? kind : `${kind}.${group}`;
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  throw new StatusError('Invalid', `${subject} "${name}" is invalid: ${text}`, {
    name,
    ...(group === '' ? {} : { group }),
    kind,
    causes: errors.map(({ reason, message, field }) => ({ reason, message, field })),
  });
}
