import { AppError } from '#lib/protocol/errors.ts';
import { fetchOrExplain } from './fetch-or-explain.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Opens an address as a stream of bytes, which whoever stops reading it leaves. Both reject in words for the user: `broken` is what is said
 * where the stream breaks off.
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
