/** What tells all its listeners the same, until it is closed. */
export interface Shared<Listener> {
  /** Tells what is known, then what changes, until the returned function is called. */
  listen(listener: Listener): () => void;
  close(): void;
}

interface Entry<T> {
  shared: T;
  listeners: number;
  lingering?: ReturnType<typeof setTimeout>;
}

/** Makes what several listeners want once for each key, and closes it when nobody listens to it any more. */
export class SharedByKey<Listener, T extends Shared<Listener>> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #lingerMs: number;

  /** `lingerMs`: how long it is kept for a listener who comes back. */
  constructor({ lingerMs = 0 } = {}) {
    this.#lingerMs = lingerMs;
  }

  listen(key: string, make: () => T, listener: Listener): () => void {
    const entry = this.#entries.get(key) ?? { shared: make(), listeners: 0 };
    this.#entries.set(key, entry);
    clearTimeout(entry.lingering);
    entry.listeners += 1;
    const stop = entry.shared.listen(listener);
    let isListening = true;
    return () => {
      if (!isListening) return;
      isListening = false;
      stop();
      entry.listeners -= 1;
      if (entry.listeners === 0) this.#leave(key, entry);
    };
  }

  /** What is listened to now, or was a moment ago. */
  get(key: string): T | undefined {
    return this.#entries.get(key)?.shared;
  }

  close(): void {
    for (const [key, entry] of this.#entries) this.#end(key, entry);
  }

  #leave(key: string, entry: Entry<T>): void {
    // It was closed with all others.
    if (this.#entries.get(key) !== entry) return;
    if (this.#lingerMs === 0) this.#end(key, entry);
    else entry.lingering = setTimeout(() => this.#end(key, entry), this.#lingerMs);
  }

  #end(key: string, entry: Entry<T>): void {
    clearTimeout(entry.lingering);
    entry.shared.close();
    this.#entries.delete(key);
  }
}
