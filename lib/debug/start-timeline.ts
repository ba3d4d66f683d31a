/** The steps of a debugger's start, in the order in which they come. */
export const startSteps = [
  'asked',
  'accepted',
  'scheduled',
  'pulling',
  'pulled',
  'created',
  'started',
  'running',
  'attached',
  'output',
] as const;
export type StartStepName = (typeof startSteps)[number];

/** Who told of a step: this dashboard's own clock, an event of the cluster, or the pod's status. */
export type StepSource = 'dashboard' | 'event' | 'status';

export interface StartStep {
  name: StartStepName;
  /** When this dashboard learned of it: milliseconds since 1970. */
  at: number;
  source: StepSource;
  /** What the cluster says when it was, in whole seconds: milliseconds since 1970. */
  stamp?: number;
}

/** Steps by the reason of the kubelet's or the scheduler's event. */
export const stepOfEvent: Readonly<Record<string, StartStepName>> = {
  Scheduled: 'scheduled',
  Pulling: 'pulling',
  Pulled: 'pulled',
  Created: 'created',
  Started: 'started',
};

export interface TimelineBar {
  step: StartStep;
  /** Milliseconds after the first step: from the step before to this one. */
  from: number;
  to: number;
}

/** A bar for each step, in the order in which they were learned of. */
export function toBars(steps: readonly StartStep[]): TimelineBar[] {
  const sorted = steps.toSorted((a, b) => a.at - b.at || startSteps.indexOf(a.name) - startSteps.indexOf(b.name));
  const begin = sorted[0]?.at ?? 0;
  return sorted.map((step, index) => ({
    step,
    from: (sorted[index - 1]?.at ?? begin) - begin,
    to: step.at - begin,
  }));
}
