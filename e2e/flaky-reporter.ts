import { stripVTControlCharacters } from 'node:util';
import type { FullResult, Reporter, TestCase } from '@playwright/test/reporter';

/** Ends a run with the stories that passed only when they were run again: each is a race to be mended. */
export default class FlakyReporter implements Reporter {
  readonly #flaky = new Map<string, TestCase>();

  onTestEnd(test: TestCase): void {
    if (test.outcome() === 'flaky') this.#flaky.set(test.id, test);
  }

  onEnd({ status }: FullResult): void {
    if (process.env['CI'] !== 'true' || status === 'interrupted') return;
    for (const test of this.#flaky.values()) console.log(`flaky: ${titleOf(test)}: ${firstError(test)}`);
    console.log(`${this.#flaky.size} flaky`);
  }

  printsToStdio(): boolean {
    // Beside the list of stories, which prints the results.
    return false;
  }
}

function titleOf(test: TestCase): string {
  return `${test.location.file.split('/').at(-1)} › ${test.title}`;
}

/** The first line of what went wrong, without the colours of a terminal. */
function firstError({ results }: TestCase): string {
  const message = results.find(({ error }) => error !== undefined)?.error?.message ?? 'no error was reported';
  const [line = ''] = stripVTControlCharacters(message).split('\n');
  return line;
}
