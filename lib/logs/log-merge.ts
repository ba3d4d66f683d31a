/**
 * How long a log that says nothing holds the others up, in milliseconds: its lines may still be on their way, and who follows does not
 * wait to notice.
 */
export const settleMs = 400;

/**
 * How long the others wait for a log that is still being opened, in milliseconds. All of its lines are on their way then, and
 * lines that were shown can't be put into order later. A kubelet answers in milliseconds, and within seconds under load.
 */
export const openMs = 5_000;

interface Source {
  /** Lines that are not told yet, in order. */
  waiting: { time: string; text: string }[];
  isOver: boolean;
  /** When it was opened or last said anything; before that, when it was asked for. */
  heardAt: number;
  isOpen: boolean;
}

export interface MergedLine {
  source: string;
  /** As the node wrote it, RFC 3339 with nanoseconds; all of a node's are alike, so that as text they compare as times. */
  time: string;
  text: string;
}

/** Brings the lines of several logs of one node, each with its time before it, into the order of their times. */
export class LogMerge {
  readonly #sources: Map<string, Source>;

  constructor(names: readonly string[], now: number) {
    this.#sources = new Map(names.map((name) => [name, { waiting: [], isOver: false, heardAt: now, isOpen: false }]));
  }

  /** The log is there; its lines follow. */
  open(name: string, now: number): void {
    const source = this.#sources.get(name);
    if (source === undefined) return;
    source.isOpen = true;
    source.heardAt = now;
  }

  push(name: string, line: string, now: number): void {
    const source = this.#sources.get(name);
    if (source === undefined) return;
    const blank = line.indexOf(' ');
    source.waiting.push({ time: line.slice(0, Math.max(blank, 0)), text: line.slice(blank + 1) });
    source.heardAt = now;
  }

  end(name: string): void {
    const source = this.#sources.get(name);
    if (source !== undefined) source.isOver = true;
  }

  /** The lines that no line can come before any more; a log that has been silent for long is not waited for. */
  take(now: number): MergedLine[] {
    const lines: MergedLine[] = [];
    // Cut off at the end, once: a shift of each would move all others.
    const taken = new Map([...this.#sources.keys()].map((name) => [name, 0]));
    for (;;) {
      let best: { name: string; time: string } | undefined;
      for (const [name, source] of this.#sources) {
        const next = source.waiting[taken.get(name) ?? 0];
        if (next === undefined) {
          if (mayStillSpeak(source, now)) return this.#cut(taken, lines);
        } else if (best === undefined || next.time < best.time) best = { name, time: next.time };
      }
      if (best === undefined) return this.#cut(taken, lines);
      const at = taken.get(best.name) ?? 0;
      lines.push({ source: best.name, time: best.time, text: this.#sources.get(best.name)?.waiting[at]?.text ?? '' });
      taken.set(best.name, at + 1);
    }
  }

  #cut(taken: ReadonlyMap<string, number>, lines: MergedLine[]): MergedLine[] {
    for (const [name, source] of this.#sources) source.waiting.splice(0, taken.get(name) ?? 0);
    return lines;
  }
}

/** A line of it may be on its way that others have to wait for. */
function mayStillSpeak({ isOver, isOpen, heardAt }: Source, now: number): boolean {
  return !isOver && now - heardAt < (isOpen ? settleMs : openMs);
}
