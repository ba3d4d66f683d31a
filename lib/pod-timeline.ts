import type { ContainerDetail, Level, PodDetail, PodEvent } from './pods.ts';

/** One thing that happened to a pod, whoever knows of it. */
export interface TimelineEntry {
  key: string;
  /** Milliseconds since 1970. */
  at: number;
  level: Level;
  what: string;
  text: string;
  container: string | undefined;
  /** How often, the last time at `at`. */
  count: number;
}

/** An event tells the same as a status if both are this close: the kubelet writes both, in whole seconds. */
const sameMs = 2_000;

/** Events, starts and ends of containers, debuggers and conditions in one line of time, the last first. */
export function toTimeline(pod: PodDetail, events: readonly PodEvent[]): TimelineEntry[] {
  const told = events.map(toEntry);
  const isTold = (reason: string, container: string, at: number) =>
    events.some(
      (event) => event.reason === reason && event.container === container && Math.abs(event.at - at) <= sameMs,
    );
  const seen = [
    ...pod.containers.flatMap((container) => ofContainer(container, isTold)),
    ...ofConditions(pod),
    entry('created', pod.createdAt, {
      what: 'Created',
      text: pod.owner ? `by ${pod.owner}` : 'by nobody else: it has no owner',
    }),
    ...(pod.deletedAt === undefined
      ? []
      : [
          entry('deleted', pod.deletedAt, {
            what: 'To be deleted',
            text: 'It ends by then at the latest.',
            level: 'pending',
          }),
        ]),
  ];
  return [...told, ...seen].sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1));
}

function toEntry({ uid, at, type, reason, message, container, count }: PodEvent): TimelineEntry {
  return {
    key: uid,
    at,
    level: type === 'Warning' ? 'problem' : 'done',
    what: reason,
    text: message,
    container,
    count,
  };
}

function entry(
  key: string,
  at: number,
  rest: Partial<TimelineEntry> & Pick<TimelineEntry, 'what' | 'text'>,
): TimelineEntry {
  return { key, at, level: 'done', container: undefined, count: 1, ...rest };
}

function ofContainer(
  { name, kind, image, state, lastEnd, target }: ContainerDetail,
  isTold: (reason: string, container: string, at: number) => boolean,
): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const isDebugger = kind === 'ephemeral';
  const end = (key: string, { exitCode, reason, message, finishedAt }: NonNullable<typeof lastEnd>) => {
    if (finishedAt === undefined) return;
    const isFine = exitCode === 0 || isDebugger;
    const text = `${reason}, exit code ${exitCode}${message ? `: ${message.trim()}` : ''}`;
    entries.push(
      entry(`${key} ${name}`, finishedAt, {
        what: isDebugger ? 'Debugger ended' : 'Ended',
        text,
        container: name,
        level: isFine ? 'done' : 'problem',
      }),
    );
  };
  // A debugger is told as one: its event says no more than that a container started.
  if (state.kind === 'running' && (isDebugger || !isTold('Started', name, state.startedAt))) {
    const what = isDebugger ? 'Debugger started' : 'Started';
    const text = isDebugger ? `${image}${target === undefined ? '' : `, with the processes of ${target}`}` : image;
    entries.push(entry(`start ${name}`, state.startedAt, { what, text, container: name }));
  }
  if (state.kind === 'terminated') end('end', state);
  if (lastEnd !== undefined) end('last end', lastEnd);
  return entries;
}

/** Whether it is ready, and whatever else is not as it should be. */
function ofConditions({ conditions }: PodDetail): TimelineEntry[] {
  return conditions.flatMap(({ type, isTrue, reason, message, at }) => {
    if (at === undefined || (isTrue && type !== 'Ready')) return [];
    const text = [reason, message].filter((part) => part !== '').join(': ') || 'all its containers are';
    const what = isTrue ? 'Ready' : `Not ${wordsOf(type)}`;
    return [entry(`condition ${type}`, at, { what, text, level: isTrue ? 'ok' : 'pending' })];
  });
}

/** `ContainersReady` to `containers ready`. */
function wordsOf(type: string): string {
  return type
    .replace(/^Pod(?=[A-Z])/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}
