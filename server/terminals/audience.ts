import { driverIdleMs } from '#lib/protocol/limits.ts';
import type { TerminalViewer } from '#lib/terminal/audience.ts';

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
    this.#driver ??= id;
  }

  /** `readOnly`: it watches, and is never the driver. */
  join(id: string, readOnly = false): void {
    if (!this.#viewers.has(id)) this.#viewers.set(id, { id, name: `Page ${++this.#joined}`, readOnly });
    if (!readOnly) this.#driver ??= id;
    this.#onChange();
  }

  leave(id: string): void {
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
    return !this.#isReadOnly(id) && (this.#driver === undefined || this.#driver === id);
  }

  /** Asks for the keyboard: it is given at once where nobody uses it, else the driver is asked. */
  ask(id: string): void {
    if (!this.#viewers.has(id) || this.#isReadOnly(id)) return;
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
    if (to !== undefined && !this.#isReadOnly(to)) this.#drive(to);
    else this.#onChange();
  }

  #isReadOnly(id: string): boolean {
    return this.#viewers.get(id)?.readOnly === true;
  }

  #canTake(id: string): boolean {
    if (this.#isReadOnly(id)) return false;
    return this.#driver === undefined || this.#driver === id || this.#now() - this.#lastTypedAt >= driverIdleMs;
  }

  #drive(id: string): void {
    if (this.#driver === id || !this.#viewers.has(id)) return;
    this.#driver = id;
    this.#asking.clear();
    this.#onChange();
  }
}
