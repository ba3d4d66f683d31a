/** The signals that are offered, by what somebody who debugs wants of them. */
export const signals = ['HUP', 'TERM', 'INT', 'QUIT', 'USR1', 'USR2', 'STOP', 'CONT', 'KILL'] as const;
export type Signal = (typeof signals)[number];

/** Their numbers on x86 and ARM (signal(7)). */
const numbers: Record<Signal, number> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
  CONT: 18,
  STOP: 19,
};

/** What a program that handles it mostly does. */
const customs: Record<Signal, string> = {
  HUP: 'most servers read their configuration again',
  TERM: 'most programs tidy up and end',
  INT: 'as Ctrl-C: most programs end, some at once',
  QUIT: 'some finish what they do and end, Java prints its threads',
  USR1: 'its own meaning: nginx opens its logs again',
  USR2: 'its own meaning: nginx starts its new program file',
  STOP: '',
  CONT: 'it goes on',
  KILL: '',
};

/** What of a process decides what a signal does to it. */
export interface SignalDisposition {
  /** The number that it has in its own pid namespace. */
  ownPid: number;
  /** The sender sees it under another number: it is in a pid namespace below the sender's. */
  isInner: boolean;
  /** Masks in hex, /proc/<pid>/status SigCgt and SigIgn. */
  caught: string;
  ignored: string;
}

export interface SignalEffect {
  kind: 'handled' | 'nothing' | 'ends' | 'stops' | 'goes on';
  text: string;
}

/** What will happen to it, by the kernel's rules (signal(7), pid_namespaces(7)). */
export function foretellSignal(signal: Signal, { ownPid, isInner, caught, ignored }: SignalDisposition): SignalEffect {
  // Process 1 is asked by nobody in its namespace to do what it has no handler for.
  const isShielded = ownPid === 1 && !isInner;
  if (signal === 'KILL' || signal === 'STOP') {
    if (isShielded)
      return {
        kind: 'nothing',
        text: 'Nothing: the kernel keeps process 1 from being killed or stopped from inside its own pid namespace.',
      };
    return signal === 'KILL'
      ? { kind: 'ends', text: 'It ends at once and can’t tidy up.' }
      : { kind: 'stops', text: 'It stands still until CONT. It can’t refuse.' };
  }
  if (hasBit(caught, signal)) return { kind: 'handled', text: `It handles it itself: ${customs[signal]}.` };
  if (signal === 'CONT') return { kind: 'goes on', text: 'It goes on where it was stopped; else nothing.' };
  if (hasBit(ignored, signal)) return { kind: 'nothing', text: 'Nothing: it ignores this signal.' };
  if (isShielded)
    return {
      kind: 'nothing',
      text: 'Nothing: it has no handler for it, and process 1 is not ended by what it doesn’t handle.',
    };
  return { kind: 'ends', text: 'It has no handler for it, so the kernel ends it.' };
}

function hasBit(mask: string, signal: Signal): boolean {
  if (!/^[0-9a-f]{1,16}$/.test(mask)) return false;
  return ((BigInt(`0x${mask}`) >> BigInt(numbers[signal] - 1)) & 1n) === 1n;
}
