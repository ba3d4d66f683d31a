import type { PodDetail, PodEvent, PodRow } from '../pods.ts';
import type { ProcessChange } from '../processes/process-detail.ts';
import type { TerminalAudience } from '../terminal/audience.ts';
import type { TerminalScreen } from '../terminal/screen.ts';
import type { TerminalSummary } from '../terminal/summary.ts';
import type { WatchState } from '../watch-state.ts';

/** What the server tells without being asked. */
export interface Facts {
  'pods:snapshot': (fact: { subscription: string; rows: PodRow[] }) => void;
  'pods:changed': (fact: { subscription: string; changed: PodRow[]; removed: string[] }) => void;
  'pod:changed': (fact: { subscription: string; pod: PodDetail | null }) => void;
  'pod:events': (fact: { subscription: string; events: PodEvent[] }) => void;
  'processes:changed': (fact: ProcessChange & { subscription: string }) => void;
  'watch:state': (fact: { subscription: string; state: WatchState }) => void;
  'terminal:changed': (fact: TerminalSummary) => void;
  'terminal:audience': (fact: TerminalAudience & { session: string }) => void;
  'terminal:closed': (fact: { session: string }) => void;
  'terminal:output': (fact: { session: string; position: number; bytes: Uint8Array; historyEnd: number }) => void;
  /** `bytes` draw the screen as it was at `position`, instead of what was drawn before. To be acknowledged. */
  'terminal:snapshot': (fact: TerminalScreen & { session: string }) => void;
}
export type FactName = keyof Facts;
