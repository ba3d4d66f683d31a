import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { noSuchTerminal } from './refusals.ts';
import type { NewTerminal, SavedTerminal } from './saved-terminal.ts';
import type { StarterScreen } from './screen.ts';
import { TerminalSession, type TerminalSessionOptions } from './terminal-session.ts';

/** Whose terminals they are, and how many that may be. */
export interface TerminalOwner {
  id: string;
  limits: { terminals: number };
}

export interface DebuggerAddress {
  owner: string;
  context: string;
  namespace: string;
  pod: string;
  container: string;
}

export interface RegistryListener {
  onChanged(summary: TerminalSummary): void;
  onClosed(summary: TerminalSummary): void;
}

/** All terminals of this server, whether anybody looks at them or not. */
export class SessionRegistry {
  readonly #sessions = new Map<string, TerminalSession>();
  readonly #listener: RegistryListener;

  readonly #keptBytes: number;

  constructor(keptBytes: number, listener: RegistryListener) {
    this.#keptBytes = keptBytes;
    this.#listener = listener;
  }

  create(owner: TerminalOwner, about: Omit<NewTerminal, 'owner'>, screen: StarterScreen): TerminalSession {
    const { starter, columns, rows } = screen;
    this.requireRoom(owner);
    return this.#add({ about: { ...about, owner: owner.id }, size: { columns, rows }, starter });
  }

  /** A terminal that an earlier run of the server had, under its old name. */
  restore({ session, createdAt, about, size }: SavedTerminal): TerminalSession {
    return this.#add({ about, size, known: { session, createdAt } });
  }

  #add(options: Pick<TerminalSessionOptions, 'about' | 'size' | 'starter' | 'known'>): TerminalSession {
    const session = new TerminalSession({
      ...options,
      keptBytes: this.#keptBytes,
      onChange: (summary) => this.#listener.onChanged(summary),
    });
    this.#sessions.set(session.id, session);
    this.#listener.onChanged(session.summary);
    return session;
  }

  /** Those that another run of the server could go on with. */
  get saved(): SavedTerminal[] {
    return [...this.#sessions.values()].filter(({ state }) => state.kind !== 'ended').map((session) => session.saved);
  }

  /** Called before a container is started too: one that nobody could see would be left behind. */
  requireRoom({ id, limits }: TerminalOwner): void {
    const own = [...this.#sessions.values()].filter(({ owner }) => owner === id);
    if (own.length < limits.terminals) return;
    throw new AppError('rate-limited', `There are ${limits.terminals} terminals open, which is the most.`, {
      next: 'Close one that you no longer need.',
    });
  }

  get(id: string): TerminalSession {
    const session = this.#sessions.get(id);
    if (session === undefined) throw noSuchTerminal();
    return session;
  }

  get sessions(): Iterable<TerminalSession> {
    return this.#sessions.values();
  }

  /** Does nothing where it was closed already. */
  close(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    session.close();
    this.#sessions.delete(id);
    this.#listener.onClosed(session.summary);
  }

  /** The terminal on a debugger's own process. */
  ofDebugger(address: DebuggerAddress): TerminalSession | undefined {
    return [...this.#sessions.values()].find(({ summary }) => {
      const { kind, owner, context, namespace, pod, container, state } = summary;
      if (kind !== 'debug' || state.kind === 'ended') return false;
      if (owner !== address.owner || context !== address.context) return false;
      return namespace === address.namespace && pod === address.pod && container === address.container;
    });
  }

  /** A browser went away: it no longer looks at anything. */
  leaveAll(viewerId: string): void {
    for (const session of this.#sessions.values()) session.viewers.leave(viewerId);
  }

  closeAll(): void {
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
  }
}
