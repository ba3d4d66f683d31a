import type { StartStep, StartStepName, StepSource } from '#lib/debug/start-timeline.ts';

/** The steps of a terminal's start, of one that was asked for in this run. */
export class StartSteps {
  readonly #steps: StartStep[] = [];

  get all(): StartStep[] {
    return this.#steps;
  }

  /** Notes a step the first time that it comes. False: it is known already, or the start was not seen. */
  mark(name: StartStepName, source: StepSource, times: { at?: number; stamp?: number }): boolean {
    const isOurs = name === 'asked' || this.#steps.length > 0;
    if (!isOurs || this.#steps.some((step) => step.name === name)) return false;
    this.#steps.push({ name, source, at: Date.now(), ...times });
    return true;
  }
}
