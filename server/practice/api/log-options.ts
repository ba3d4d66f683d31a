import type { LogOptions } from './node-api.ts';
import { queryFlag } from './query-flag.ts';
import { StatusError } from './status.ts';

/** core/v1 PodLogOptions, from the query of a request for pods/log. */
export function logOptionsOf(query: URLSearchParams): LogOptions {
  const flag = (name: string) => queryFlag(query, name);
  const sinceSeconds = wholeNumber(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const since =
    sinceSeconds !== undefined ? Date.now() - sinceSeconds * 1_000 : sinceTime ? Date.parse(sinceTime) : undefined;
  if (since !== undefined && Number.isNaN(since))
    throw new StatusError('BadRequest', `sinceTime is not a time: ${sinceTime}`);
  return {
    container: query.get('container') ?? undefined,
    follow: flag('follow'),
    previous: flag('previous'),
    timestamps: flag('timestamps'),
    tailLines: wholeNumber(query, 'tailLines'),
    limitBytes: wholeNumber(query, 'limitBytes'),
    sinceTime: since,
  };
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw new StatusError(
      'Invalid',
      `PodLogOptions "" is invalid: ${name}: Invalid value: ${text}: must be greater than or equal to 0`,
    );
  return Number(text);
}
