export interface TerminalViewer {
  id: string;
  name: string;
  /** Watches, and can't have the keyboard. */
  readOnly: boolean;
}

/** Who looks at a terminal. */
export interface TerminalAudience {
  /** Who is told. */
  you: string;
  viewers: TerminalViewer[];
  /** Who has the keyboard. */
  driver: string | undefined;
  /** Viewers who have asked for it. */
  asking: string[];
  /** The driver's. */
  size: { columns: number; rows: number };
}
