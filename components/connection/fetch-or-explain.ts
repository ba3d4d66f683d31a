import { AppError, fromWireError, type WireError } from '#lib/protocol/errors.ts';

/** Fetches from our server. Rejects with an AppError in words for the user where it refuses or does not answer. */
export async function fetchOrExplain(address: string, options: RequestInit): Promise<Response> {
  const response = await fetch(address, options).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new AppError('disconnected', 'Ephemera’s server does not answer.', { cause });
  });
  if (response.ok) return response;
  const body = (await response.json().catch(() => ({}))) as { error?: WireError };
  throw body.error === undefined
    ? new AppError('internal', `The server answered ${response.status}.`)
    : fromWireError(body.error);
}
