import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { isDeepEqual } from './deep-equal.ts';

export interface AnswerState<T> {
  /** The last answer, also while a newer one is under way or has failed. */
  value: T | undefined;
  /** Why the newest asking failed. */
  error: WireError | undefined;
  isAsking: boolean;
}

export const unasked = { value: undefined, error: undefined, isAsking: false } as const;

export interface AskOptions {
  /** Pauses this long first: another asking within the pause takes its place. */
  afterMs?: number;
  /** Names a round of asking, for `isAnswered`. */
  again?: string | undefined;
}

/**
 * A question that is asked again and again, and its last answer. Answers may arrive in any order: one that is older than
 * the shown one, or is about another request, is dropped.
 */
export class Question<R, T> {
  readonly #run: (request: R) => Promise<T>;
  readonly #listeners = new Set<() => void>();
  #state: AnswerState<T> = unasked;
  #request: R | undefined;
  /** Numbers of askings: the newest one, and the newest one that was heard of. */
  #asked = 0;
  #heard = 0;
  #answered: { request: R; again: string | undefined } | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(run: (request: R) => Promise<T>) {
    this.#run = run;
  }

  get state(): AnswerState<T> {
    return this.#state;
  }

  get wasAsked(): boolean {
    return this.#asked > 0;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether this is the request that was asked about last. */
  isAbout(request: R): boolean {
    return isDeepEqual(request, this.#request);
  }

  /** Whether the shown answer came from asking for this request in this round. */
  isAnswered(request: R, again?: string): boolean {
    return this.#answered?.again === again && isDeepEqual(this.#answered?.request, request);
  }

  ask(request: R, { afterMs = 0, again }: AskOptions = {}): void {
    clearTimeout(this.#pause);
    const isOther = !this.isAbout(request);
    if (isOther) this.#begin(request);
    this.#asked += 1;
    const number = this.#asked;
    this.#change({ ...(isOther ? unasked : {}), isAsking: true });
    const run = () => {
      this.#run(request).then(
        (value) => this.#hear(number, { value, error: undefined }, { request, again }),
        (cause: unknown) => this.#hear(number, { error: toWireError(cause) }),
      );
    };
    if (afterMs === 0) run();
    else this.#pause = setTimeout(run, afterMs);
  }

  /** Drops whatever is under way. The last answer stays. */
  drop(): void {
    clearTimeout(this.#pause);
    this.#heard = this.#asked;
    if (this.#state.isAsking) this.#change({ isAsking: false });
  }

  #begin(request: R): void {
    this.#request = request;
    this.#heard = this.#asked;
    this.#answered = undefined;
  }

  #hear(number: number, change: Partial<AnswerState<T>>, answered?: { request: R; again: string | undefined }): void {
    if (number <= this.#heard) return;
    this.#heard = number;
    if (answered !== undefined) this.#answered = answered;
    this.#change({ ...change, isAsking: number < this.#asked });
  }

  #change(change: Partial<AnswerState<T>>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
