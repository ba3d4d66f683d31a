import type { TerminalRight } from '#lib/terminal/watch-token.ts';

export interface ScreenSize {
  columns: number;
  rows: number;
}

/** The window that a terminal was started in. */
export interface StarterScreen extends ScreenSize {
  /** Who it belongs to: has the keyboard first. */
  starter?: string;
}

/** What a viewer has of a terminal's output, all up to a position of one incarnation, and what it may do. */
export interface SeenOutput {
  from: number;
  incarnation?: string | undefined;
  right: TerminalRight;
}

/** A screen to go on from: what lies before `position` is in it. */
export interface Snapshot {
  position: number;
  bytes: Uint8Array;
}
