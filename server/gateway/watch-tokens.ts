import { createHmac, timingSafeEqual } from 'node:crypto';
import { terminalOfWatchToken, watchTokenPattern } from '#lib/terminal/watch-token.ts';

/**
 * Tokens that let whoever has one watch a terminal. Nothing is kept of them: each is signed with the server's own token, so a
 * link outlives a restart, and all links become void with that token.
 */
export class WatchTokens {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  make(session: string): string {
    return `${session}.${this.#sign(session).toString('base64url')}`;
  }

  allows(token: string, session: string): boolean {
    if (!watchTokenPattern.test(token) || terminalOfWatchToken(token) !== session) return false;
    const proof = Buffer.from(token.slice(session.length + 1), 'base64url');
    return timingSafeEqual(proof, this.#sign(session));
  }

  #sign(session: string): Buffer {
    return createHmac('sha256', this.#secret).update(`watch terminal ${session}`).digest();
  }
}
