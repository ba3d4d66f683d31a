import * as z from 'zod';
import type { TerminalSummary } from '../../terminal/summary.ts';
import { commandWord, containerAddress, screen, sessionId } from '../addresses.ts';
import { reply, type SocketRequest } from '../descriptor.ts';
import { inputChunkBytes } from '../limits.ts';

/** socket.io chooses it for a socket; it is only ever compared. */
const viewerId = z.string().min(1).max(64);
/** The server says what is wrong with one. */
const watchToken = z.string().max(128);
const inputBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= inputChunkBytes);

export const terminalRequests = {
  'terminal:attach': {
    schema: containerAddress.extend(screen),
    cost: 'heavy',
    effect: 'opens',
    reply: reply<TerminalSummary>(),
  },
  'terminal:exec': {
    schema: containerAddress.extend({ command: z.array(commandWord).min(1).max(64), ...screen }),
    cost: 'heavy',
    effect: 'opens',
    reply: reply<TerminalSummary>(),
  },
  /** The caller's own terminals, and the one that a link lets this page watch. */
  'terminal:list': {
    schema: z.strictObject({ watch: watchToken.optional() }),
    cost: 'light',
    effect: 'reads',
    reply: reply<TerminalSummary[]>(),
  },
  /** Makes what a link needs that only lets somebody watch. */
  'terminal:share': {
    schema: z.strictObject({ session: sessionId }),
    cost: 'light',
    effect: 'opens',
    reply: reply<{ watch: string }>(),
  },
  /**
   * Output follows from where it was asked for. What lies before `historyEnd` is history: a terminal must not answer the
   * questions in it a second time. Positions count from the begin of this incarnation: a server that starts again begins
   * another, and tells who saw the one before by a screen to begin with.
   */
  'terminal:open': {
    schema: z.strictObject({
      session: sessionId,
      from: z.int().min(0),
      /** The one of which output up to `from` was seen. */
      incarnation: z.uuid().optional(),
      /** The page came by a watching link: from now on it watches this terminal, and can't do more with it. */
      watch: watchToken.optional(),
    }),
    cost: 'light',
    effect: 'opens',
    reply: reply<{ historyEnd: number; incarnation: string }>(),
  },
  'terminal:leave': {
    schema: z.strictObject({ session: sessionId }),
    cost: 'light',
    effect: 'reads',
    reply: reply<null>(),
  },
  'terminal:acknowledge': {
    schema: z.strictObject({ session: sessionId, position: z.int().min(0) }),
    cost: 'stream',
    effect: 'reads',
    reply: reply<null>(),
  },
  'terminal:input': {
    schema: z.strictObject({ session: sessionId, bytes: inputBytes }),
    cost: 'stream',
    effect: 'writes',
    reply: reply<null>(),
  },
  'terminal:resize': {
    schema: z.strictObject({ session: sessionId, ...screen }),
    cost: 'light',
    effect: 'writes',
    reply: reply<null>(),
  },
  /** Leaves the process as it is, and forgets the terminal. */
  'terminal:close': {
    schema: z.strictObject({ session: sessionId }),
    cost: 'light',
    effect: 'writes',
    reply: reply<null>(),
  },
  /** Ends the process, then forgets the terminal. */
  'terminal:end': {
    schema: z.strictObject({ session: sessionId }),
    cost: 'heavy',
    effect: 'writes',
    reply: reply<null>(),
  },
  /** Begins or ends a recording of its output. */
  'terminal:record': {
    schema: z.strictObject({ session: sessionId, on: z.boolean() }),
    cost: 'heavy',
    effect: 'writes',
    reply: reply<null>(),
  },
  /** Asks for the keyboard. */
  'terminal:ask': {
    schema: z.strictObject({ session: sessionId }),
    cost: 'light',
    effect: 'writes',
    reply: reply<null>(),
  },
  /** Hands the keyboard to `to`. Without `to`, the driver declines. */
  'terminal:hand': {
    schema: z.strictObject({ session: sessionId, to: viewerId.optional() }),
    cost: 'light',
    effect: 'writes',
    reply: reply<null>(),
  },
} as const satisfies Record<string, SocketRequest>;
