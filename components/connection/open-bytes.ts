import { AppError, fromWireError, type WireError } from '#lib/protocol/errors.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Fetches from our server. Rejects with an AppError in words for the user where the server refuses or does not answer. */
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

/**
 * Opens an address as a stream of bytes; a reader that stops early closes it. Both opening and reading reject in words for
 * the user. `broken`: the words for a stream that breaks off.
 */
export async function openBytes(
  address: string,
  signal: AbortSignal,
  broken = { message: 'It broke off.', next: 'Read it again.' },
): Promise<AsyncIterable<Bytes>> {
  const { body } = await fetchOrExplain(address, { signal });
  if (body === null) throw new AppError('internal', 'The server answered without a content.');
  return piecesOf(body.getReader(), broken);
}

async function* piecesOf(
  reader: ReadableStreamDefaultReader<Bytes>,
  { message, next }: { message: string; next: string },
): AsyncGenerator<Bytes> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw new AppError('disconnected', message, { cause, next });
  } finally {
    reader.cancel().catch(() => {
      // It broke off.
    });
  }
}
