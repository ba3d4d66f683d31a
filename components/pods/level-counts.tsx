'use client';

import { clsx } from 'clsx';
import type { Level } from '#lib/pods.ts';

const shown: [level: Level, one: string, many: string, colour: string][] = [
  ['problem', 'problem', 'problems', 'text-problem'],
  ['pending', 'starting', 'starting', 'text-pending'],
  ['ok', 'running', 'running', 'text-ok'],
  ['done', 'done', 'done', 'text-muted'],
];

export interface LevelCountsProps {
  counts: Record<Level, number>;
  chosen: string | null;
  onChoose(level: Level | undefined): void;
}

/** The number of pods of each level. Each number is a button that filters by it. */
export function LevelCounts({ counts, chosen, onChoose }: LevelCountsProps) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5" aria-label="By state">
      {shown.map(([level, one, many, colour]) =>
        counts[level] === 0 && chosen !== level ? null : (
          <button
            key={level}
            type="button"
            aria-pressed={chosen === level}
            onClick={() => onChoose(chosen === level ? undefined : level)}
            className={clsx(
              'inline-flex h-7 items-center gap-1 rounded-full border px-2.5 text-xs tabular-nums',
              chosen === level ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-raised',
            )}
          >
            <span className={clsx('font-semibold', colour)}>{counts[level]}</span>
            {counts[level] === 1 ? one : many}
          </button>
        ),
      )}
    </fieldset>
  );
}
