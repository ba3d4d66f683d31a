import { AppError } from '#lib/protocol/errors.ts';
import { fetchOrExplain } from './fetch-or-explain.ts';

/** Opens an address as a stream of bytes, which whoever stops reading it leaves. Both reject in words for the user. */
export async function openBytes(address: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const { body } = await fetchOrExplain(address, { signal });
  if (body === null) throw new AppError('internal', 'The server answered without a content.');
  return piecesOf(body.getReader());
}

async function* piecesOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw new AppError('disconnected', 'It broke off.', { cause, next: 'Read it again.' });
  } finally {
    reader.cancel().catch(() => {
      // It broke off.
    });
  }
}
