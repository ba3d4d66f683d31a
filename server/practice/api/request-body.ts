import type { FastifyRequest } from 'fastify';
import type { NewObject } from '../store/stored-object.ts';
import type { DeleteOptions } from './deletion.ts';
import type { ResourceRequest } from './resource-request.ts';
import { StatusError } from './status.ts';

/** The object in a body, or an empty object without a body. Throws 400 for any other value. */
export function bodyOf({ body }: FastifyRequest): NewObject {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body))
    throw new StatusError('BadRequest', 'the body of the request is not an object');
  const metadata = 'metadata' in body ? body.metadata : undefined;
  if (metadata !== undefined && (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)))
    throw new StatusError('BadRequest', 'json: cannot unmarshal into Go struct field .metadata of type v1.ObjectMeta');
  return body as NewObject;
}

/** Delete options come from the body; the query fills in the missing ones. */
export function deleteOptions({ query }: ResourceRequest, body: NewObject): DeleteOptions {
  const options = body as DeleteOptions;
  const seconds = options.gracePeriodSeconds ?? numberOf(query.get('gracePeriodSeconds'));
  const policy = options.propagationPolicy ?? query.get('propagationPolicy');
  return {
    ...options,
    ...(typeof seconds === 'number' && Number.isFinite(seconds) ? { gracePeriodSeconds: seconds } : {}),
    ...(typeof policy === 'string' ? { propagationPolicy: policy } : {}),
  };
}

function numberOf(text: string | null): number | undefined {
  return text === null || !/^\d+$/.test(text) ? undefined : Number(text);
}
