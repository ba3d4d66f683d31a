/** Why a screen is drawn anew: so many bytes are no longer kept, or what follows is of another incarnation. */
export type RedrawReason = { kind: 'skipped'; bytes: number } | { kind: 'restarted'; incarnation: string };

export interface TerminalScreen {
  position: number;
  bytes: Uint8Array;
  why: RedrawReason;
}
