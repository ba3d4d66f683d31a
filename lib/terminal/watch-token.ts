import type { TerminalSummary } from './summary.ts';

/** What a page may do with a terminal. */
export type TerminalRight = 'type' | 'watch';

/** The id of a terminal, and what proves that the server has given the right to watch it (32 bytes in base64url). */
export const watchTokenPattern = /^[0-9a-f-]{36}\.[\w-]{43}$/;

/** The terminal that a token lets its holder watch. */
export function terminalOfWatchToken(token: string): TerminalSummary['session'] {
  return token.split('.', 1)[0] ?? '';
}
