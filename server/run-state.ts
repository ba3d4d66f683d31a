import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { localOwner } from '#lib/local-owner.ts';
import type { Log } from './log.ts';
import type { SavedTerminal } from './terminals/saved-terminal.ts';

interface Kept {
  token: string;
  terminals: SavedTerminal[];
}

/** A terminal of a run from before there were owners has none. */
function withOwner(terminal: SavedTerminal): SavedTerminal {
  return { ...terminal, about: { ...terminal.about, owner: terminal.about.owner ?? localOwner } };
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What one run of the server leaves to the next: the token, so that open pages come back, and which terminals there were.
 * A file that only its owner can read, written whole at each change, so that a killed server leaves it as well.
 */
export class RunState {
  readonly #file: string | undefined;
  readonly #log: Log;
  #kept: Kept;
  #written: string | undefined;

  /** Without a file, nothing is left to the next run. */
  constructor(file: string | undefined, log: Log) {
    this.#file = file;
    this.#log = log;
    this.#kept = this.#read() ?? { token: newToken(), terminals: [] };
  }

  get token(): string {
    return this.#kept.token;
  }

  get terminals(): SavedTerminal[] {
    return this.#kept.terminals;
  }

  /** Makes the addresses void that were given out before. */
  renewToken(): void {
    this.#kept = { ...this.#kept, token: newToken() };
  }

  save(terminals: SavedTerminal[]): void {
    this.#kept = { ...this.#kept, terminals };
    const text = JSON.stringify(this.#kept);
    if (this.#file === undefined || text === this.#written) return;
    this.#written = text;
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      const fresh = `${this.#file}.new`;
      writeFileSync(fresh, text, { mode: 0o600 });
      renameSync(fresh, this.#file);
    } catch (err) {
      // A full disk must not take the terminals; the next run will know less.
      this.#log.warn({ err }, 'what the next run should know could not be written');
    }
  }

  #read(): Kept | undefined {
    if (this.#file === undefined) return undefined;
    try {
      const kept = JSON.parse(readFileSync(this.#file, 'utf8')) as Partial<Kept>;
      if (typeof kept.token === 'string' && Array.isArray(kept.terminals))
        return { token: kept.token, terminals: kept.terminals.map(withOwner) };
      this.#log.warn(`${this.#file} is not what a server writes; it begins anew`);
    } catch (err) {
      if ((err as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#log.warn({ err }, 'the last run’s file can’t be read');
    }
    return undefined;
  }
}
