import { AppError } from '#lib/protocol/errors.ts';
import { type TerminalRight, terminalOfWatchToken } from '#lib/terminal/watch-token.ts';
import { noSuchTerminal, onlyWatches } from '../terminals/refusals.ts';
import type { SessionRegistry } from '../terminals/session-registry.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import type { Caller } from './caller.ts';
import type { WatchTokens } from './watch-tokens.ts';

export interface TerminalRightsOptions {
  /** The socket's id. */
  page: string;
  caller: Caller;
  sessions: SessionRegistry;
  tokens: WatchTokens;
}

/**
 * What one page may do with each terminal, as this server has given it. A page that came by a watching link only watches that
 * terminal as long as it is connected, whoever its caller is.
 */
export class TerminalRights {
  readonly #options: TerminalRightsOptions;
  readonly #watched = new Set<string>();

  constructor(options: TerminalRightsOptions) {
    this.#options = options;
  }

  /** The terminal, and what the page may do with it once it has opened it. */
  toOpen(id: string, token: string | undefined): { session: TerminalSession; right: TerminalRight } {
    if (token !== undefined) this.#takeToken(token, id);
    const session = this.#options.sessions.get(id);
    if (this.#watched.has(id)) return { session, right: 'watch' };
    if (session.owner !== this.#options.caller.id) throw noSuchTerminal();
    return { session, right: 'type' };
  }

  /** The caller's own terminal, whether this page has opened it or not, unless the page came to watch it. */
  toOwn(id: string): TerminalSession {
    const session = this.#options.sessions.get(id);
    if (this.#watched.has(id)) throw onlyWatches();
    if (session.owner !== this.#options.caller.id) throw noSuchTerminal();
    return session;
  }

  /** The terminal, where this page has opened it and may type in it. */
  toType(id: string): TerminalSession {
    const session = this.#options.sessions.get(id);
    session.viewers.requireTyping(this.#options.page);
    return session;
  }

  /** The caller's own terminals, and those that this page watches. */
  list(token: string | undefined): TerminalSession[] {
    if (token !== undefined) this.#takeToken(token, terminalOfWatchToken(token));
    const { caller, sessions } = this.#options;
    return [...sessions.sessions].filter(({ id, owner }) => owner === caller.id || this.#watched.has(id));
  }

  #takeToken(token: string, id: string): void {
    if (this.#options.tokens.allows(token, id)) {
      this.#watched.add(id);
      return;
    }
    throw new AppError('forbidden', 'This link does not let anybody watch this terminal any more.', {
      next: 'Ask for a new one.',
    });
  }
}
