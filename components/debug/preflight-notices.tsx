import type { Cure, PreflightProblem } from '#lib/debug/preflight.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { cureLabel } from './cure-label.ts';

/** Problems that would prevent the start, each with the button that cures it where there is a cure. */
export function PreflightNotices({ problems, onCure }: { problems: PreflightProblem[]; onCure(cure: Cure): void }) {
  return problems.map(({ error, cure }) => (
    <ErrorNotice
      key={error.message}
      error={error}
      {...(error.code === 'policy' ? { title: 'The namespace’s policy refuses this debugger' } : {})}
    >
      {cure && (
        <Button size="small" onClick={() => onCure(cure)}>
          {cureLabel(cure)}
        </Button>
      )}
    </ErrorNotice>
  ));
}
