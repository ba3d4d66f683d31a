import { AppError } from '#lib/protocol/errors.ts';
import { fetchOrExplain } from '../connection/fetch-or-explain.ts';

export interface TextHandlers {
  onOpen(): void;
  onText(text: string): void;
}

/** Reads a text from an address as it comes. Rejects in words for the user. */
export async function readText(address: string, signal: AbortSignal, { onOpen, onText }: TextHandlers): Promise<void> {
  const response = await fetchOrExplain(address, { signal });
  if (response.body === null) throw new AppError('internal', 'The server answered without a text.');
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  onOpen();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new AppError('disconnected', 'It broke off.', { cause, next: 'Read it again.' });
    });
    if (done) return;
    onText(decoder.decode(value, { stream: true }));
  }
}
