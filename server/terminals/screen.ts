export interface ScreenSize {
  columns: number;
  rows: number;
}

/** The window that a terminal was started in. */
export interface StarterScreen extends ScreenSize {
  /** Who it belongs to: has the keyboard first. */
  starter?: string;
}

/** What a viewer has of a terminal's output: all up to a position, of one incarnation. */
export interface SeenOutput {
  from: number;
  incarnation?: string | undefined;
  /** It watches, and can't have the keyboard. */
  readOnly?: boolean | undefined;
}

/** A screen to go on from: what lies before `position` is in it. */
export interface Snapshot {
  position: number;
  bytes: Uint8Array;
}
