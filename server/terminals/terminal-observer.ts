import type { TerminalState } from '#lib/terminal/summary.ts';
import type { ScreenSize } from './screen.ts';

/** Hears what happens to a terminal, as it happens: a recording. */
export interface TerminalObserver {
  output(bytes: Uint8Array): void;
  resize(size: ScreenSize): void;
  state(state: TerminalState): void;
  closed(): void;
}
