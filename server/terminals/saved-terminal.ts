import type { TerminalSummary } from '#lib/terminal/summary.ts';
import type { ScreenSize } from './screen.ts';

/** A terminal as whoever makes it describes it. */
export type NewTerminal = Omit<TerminalSummary, 'session' | 'createdAt' | 'state' | 'recording' | 'timeline'>;

/** What another run of the server needs to go on with a terminal. */
export interface SavedTerminal {
  session: string;
  createdAt: number;
  about: NewTerminal;
  size: ScreenSize;
  isRecorded: boolean;
}
