import type { Cure, PreflightProblem } from '#lib/debug/preflight.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { cureLabel } from './cure-label.ts';

/** What is in the way, each with the button that takes it away where there is one. */
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
