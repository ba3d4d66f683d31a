import type { TimelineEntry } from '../pod-timeline.ts';
import type { ContainerState, PodDetail } from '../pods.ts';

/** A file of a bundle, or why it is not there. */
export type BundlePart = { name: string; about: string } & ({ kind: 'there' } | { kind: 'missing'; why: string });

export interface FrontPage {
  pod: PodDetail;
  context: string;
  /** Milliseconds since 1970. */
  at: number;
  timeline: readonly TimelineEntry[];
  parts: readonly BundlePart[];
}

/** Troubles on the first page; all that happened has a file of its own. */
const shownTroubles = 20;

/** The first page of a bundle, in Markdown: what it is about, how that was, and what lies beside it. */
export function toFrontPage({ pod, context, at, timeline, parts }: FrontPage): string {
  const troubles = timeline.filter(({ level }) => level === 'problem' || level === 'pending').slice(0, shownTroubles);
  const lines = [
    `# ${pod.namespace}/${pod.name}`,
    '',
    `As it was on ${new Date(at).toISOString()}, in context ${inline(context)}.`,
    '',
    `- Status: ${inline(pod.status)}`,
    `- Node: ${inline(pod.node ?? 'not scheduled')}`,
    `- Address: ${inline(pod.podIP ?? 'none')}`,
    `- Owner: ${inline(pod.owner ?? 'nobody')}`,
    `- Created: ${new Date(pod.createdAt).toISOString()}`,
    '',
    '## Containers',
    '',
    ...pod.containers.map(
      ({ name, kind, image, state, restarts }) =>
        `- ${inline(name)} (${kind}, ${inline(image)}): ${inline(stateWords(state))}${restarts > 0 ? `, restarted ${restarts} times` : ''}`,
    ),
    '',
    '## Troubles',
    '',
    ...(troubles.length === 0 ? ['None that the cluster still knows of.'] : troubles.map(toLine)),
    '',
    '## Files',
    '',
    ...parts.map((part) => `- ${part.name}: ${part.kind === 'there' ? part.about : `not there. ${inline(part.why)}`}`),
    '',
    'Values of variables whose names look like secrets are left out of the pod’s YAML. Logs and recordings are as they were written:',
    'look through them before you pass this on.',
  ];
  return `${lines.join('\n')}\n`;
}

/** All that happened, the last first. */
export function toTimelineText(timeline: readonly TimelineEntry[]): string {
  return `${['# Timeline', '', ...timeline.map(toLine)].join('\n')}\n`;
}

function toLine({ at, what, text, container, count }: TimelineEntry): string {
  const often = count > 1 ? ` (${count} times)` : '';
  return `- ${new Date(at).toISOString()} **${inline(what)}**${often}${container ? ` ${inline(container)}` : ''}: ${inline(text)}`;
}

/** On one line, and nothing in it is Markdown or HTML. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|]/g, '\\$&')
    .trim();
}

function stateWords(state: ContainerState): string {
  switch (state.kind) {
    case 'running':
      return `running since ${new Date(state.startedAt).toISOString()}`;
    case 'waiting':
      return `waiting: ${state.reason}${state.message ? ` (${state.message})` : ''}`;
    case 'terminated':
      return `ended: ${state.reason}, exit code ${state.exitCode}`;
    case 'unknown':
      return 'not reported';
  }
}
