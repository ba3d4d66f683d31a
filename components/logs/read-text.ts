import { openBytes } from '../connection/open-bytes.ts';

export interface TextHandlers {
  onOpen(): void;
  onText(text: string): void;
}

/** Reads a text from an address as it comes. Rejects in words for the user. */
export async function readText(address: string, signal: AbortSignal, { onOpen, onText }: TextHandlers): Promise<void> {
  const pieces = await openBytes(address, signal);
  onOpen();
  const decoder = new TextDecoder();
  for await (const piece of pieces) onText(decoder.decode(piece, { stream: true }));
}
