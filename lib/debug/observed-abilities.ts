import type { Ability, AbilityName } from './abilities.ts';

export interface SeenProcess {
  pid: number;
  canSignal: boolean;
  canOpen: boolean;
}

/** What a debugger found when it tried. */
export interface SeenAbilities {
  user: number;
  /** A bit for each that is effective (linux/capability.h). */
  capabilities: bigint;
  /** kernel.yama.ptrace_scope; 0 where there is none. */
  ptraceScope: number;
  /** Those outside of its own container. */
  processes: SeenProcess[];
  /** There are more than these. */
  isMore: boolean;
}

/** CAP_SYS_PTRACE (linux/capability.h). */
const sysPtrace = 1n << 19n;

/** The same abilities that are predicted before a start, as far as they can be tried. */
export function describeSeen(seen: SeenAbilities): Ability[] {
  const { processes, isMore } = seen;
  const count = `${processes.length}${isMore ? ' and more' : ''}`;
  if (processes.length === 0) {
    const names: AbilityName[] = ['processes', 'signal', 'files', 'trace'];
    return names.map((name) => ({ name, is: 'no', why: 'It sees no process but its own.' }));
  }
  const signalled = processes.filter(({ canSignal }) => canSignal).length;
  const opened = processes.filter(({ canOpen }) => canOpen).length;
  return [
    { name: 'processes', is: 'yes', why: `It sees ${count} outside of its own container.` },
    {
      name: 'signal',
      is: share(signalled, processes.length),
      why: `It may signal ${signalled} of ${processes.length}.`,
    },
    {
      name: 'files',
      is: share(opened, processes.length),
      why: `/proc/<pid>/root opens of ${opened} of ${processes.length}.`,
    },
    describeTrace(seen, opened),
  ];
}

function share(count: number, all: number): Ability['is'] {
  if (count === all) return 'yes';
  return count === 0 ? 'no' : 'unknown';
}

function describeTrace({ user, capabilities, ptraceScope, processes }: SeenAbilities, opened: number): Ability {
  const name = 'trace';
  if ((capabilities & sysPtrace) !== 0n) return { name, is: 'yes', why: 'It has SYS_PTRACE.' };
  if (opened === 0) return { name, is: 'no', why: `User ${user} has no SYS_PTRACE, and no process is its own.` };
  if (ptraceScope > 0)
    return {
      name,
      is: 'no',
      why: `It has no SYS_PTRACE, and the node lets nobody else (ptrace_scope ${ptraceScope}).`,
    };
  return {
    name,
    is: share(opened, processes.length),
    why: 'Those that it can open: the node asks for no more (ptrace_scope 0).',
  };
}
