import { driverIdleMs } from '#lib/protocol/limits.ts';
import type { TerminalViewer } from '#lib/terminal/audience.ts';
import type { TerminalRight } from '#lib/terminal/watch-token.ts';

/**
 * Who looks at a terminal, and who of them has the keyboard: one, the driver, whose size the terminal has. Others get it
 * when the driver hands it over, leaves, or has typed nothing for a while.
 */
export class Audience {
  readonly #viewers = new Map<string, TerminalViewer>();
  readonly #asking = new Set<string>();
  readonly #onChange: () => void;
  readonly #now: () => number;
  #driver: string | undefined;
  /** Who has started the terminal, until it joins. */
  #expected: string | undefined;
  #lastTypedAt = Number.NEGATIVE_INFINITY;
  #joined = 0;

  constructor(onChange: () => void, now = Date.now) {
    this.#onChange = onChange;
    this.#now = now;
  }

  get driver(): string | undefined {
    return this.#driver;
  }

  get viewers(): TerminalViewer[] {
    return [...this.#viewers.values()];
  }

  /** Viewers who have asked for the keyboard. */
  get asking(): string[] {
    return [...this.#asking];
  }

  /** Who has started it will join: it has the keyboard, though another may have heard of the terminal before. */
  expect(id: string): void {
    this.#expected = id;
    this.#driver ??= id;
  }

  /** Others are told by whoever calls this. Who may only watch is never the driver. */
  join(id: string, right: TerminalRight): void {
    const name = this.#viewers.get(id)?.name ?? `Page ${++this.#joined}`;
    this.#viewers.set(id, { id, name, readOnly: right === 'watch' });
    if (this.#expected === id) this.#expected = undefined;
    if (right === 'type') this.#driver ??= id;
    else if (this.#driver === id) this.#driver = undefined;
  }

  /** What a viewer may do, as it was given when it joined. Undefined: nothing. */
  rightOf(id: string): TerminalRight | undefined {
    const viewer = this.#viewers.get(id);
    if (viewer === undefined) return this.#expected === id ? 'type' : undefined;
    return viewer.readOnly ? 'watch' : 'type';
  }

  leave(id: string): void {
    if (this.#expected === id) this.#expected = undefined;
    if (this.#driver === id) this.#driver = undefined;
    if (!this.#viewers.delete(id)) return;
    this.#asking.delete(id);
    this.#onChange();
  }

  /** Whether what this viewer types goes to the terminal now. Where nobody else is typing, it takes the keyboard. */
  mayType(id: string): boolean {
    if (!this.#canTake(id)) return false;
    this.#drive(id);
    this.#lastTypedAt = this.#now();
    return true;
  }

  /** The terminal has the size of the driver's window. */
  mayResize(id: string): boolean {
    return this.rightOf(id) === 'type' && (this.#driver === undefined || this.#driver === id);
  }

  /** Asks for the keyboard: it is given at once where nobody uses it, else the driver is asked. */
  ask(id: string): void {
    if (this.rightOf(id) !== 'type') return;
    if (this.#canTake(id)) this.#drive(id);
    else if (!this.#asking.has(id)) {
      this.#asking.add(id);
      this.#onChange();
    }
  }

  /** The driver hands the keyboard over; without a receiver it keeps it, and those who asked are told no. */
  hand(from: string, to: string | undefined): void {
    if (from !== this.#driver) return;
    this.#asking.clear();
    if (to !== undefined && this.rightOf(to) === 'type') this.#drive(to);
    else this.#onChange();
  }

  #canTake(id: string): boolean {
    if (this.rightOf(id) !== 'type') return false;
    return this.#driver === undefined || this.#driver === id || this.#now() - this.#lastTypedAt >= driverIdleMs;
  }

  #drive(id: string): void {
    if (this.#driver === id || !this.#viewers.has(id)) return;
    this.#driver = id;
    this.#asking.clear();
    this.#onChange();
  }
}
