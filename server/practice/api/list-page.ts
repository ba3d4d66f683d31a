import type { StoredObject } from '../store/stored-object.ts';
import { StatusError } from './status.ts';

export interface ListPage {
  items: StoredObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

/** The part of a list that the query asks for by `limit` and `continue`. */
export function pageOf(all: StoredObject[], query: URLSearchParams, resourceVersion: string): ListPage {
  const limit = Number(query.get('limit') ?? 0);
  const after = decodeContinue(query.get('continue') ?? '');
  const rest = after === undefined ? all : all.filter((object) => placeOf(object) > after);
  if (!(limit > 0) || rest.length <= limit) return { items: rest, metadata: { resourceVersion } };
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const next = last === undefined ? undefined : Buffer.from(placeOf(last)).toString('base64url');
  return {
    items,
    metadata: {
      resourceVersion,
      ...(next === undefined ? {} : { continue: next }),
      remainingItemCount: rest.length - limit,
    },
  };
}

/** An object's place in a list. A page starts after the last page's final place, so changes in between do no harm. */
function placeOf({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function decodeContinue(token: string): string | undefined {
  if (token === '') return undefined;
  const place = Buffer.from(token, 'base64url').toString('utf8');
  if (!place.includes('/'))
    throw new StatusError(
      'BadRequest',
      'invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
    );
  return place;
}
