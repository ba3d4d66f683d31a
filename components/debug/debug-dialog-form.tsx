import type { ReactNode } from 'react';
import { toDebugCommand } from '#lib/debug/kubectl.ts';
import type { PreflightProblem } from '#lib/debug/preflight.ts';
import { joinDebugger } from '../open-terminals/open-terminal.ts';
import { Button } from '../ui/button.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import type { CheckedForm } from './check-form.ts';
import { DebugFields } from './debug-fields.tsx';
import { targetsOf } from './debug-form.ts';
import { KindField } from './kind-field.tsx';
import { LazyMoreOptions } from './lazy-more-options.tsx';
import { Predictions } from './predictions.tsx';
import { PreflightNotices } from './preflight-notices.tsx';
import { RunningTwin } from './running-twin.tsx';
import { type DebugFormOptions, type FilledForm, useDebugForm } from './use-debug-form.ts';
import type { PreflightState } from './use-preflight.ts';

export interface DebugDialogFormProps extends DebugFormOptions {
  onClose(): void;
}

export function DebugDialogForm({ onClose, ...options }: DebugDialogFormProps) {
  const { link, pod, onStarted } = options;
  const filled = useDebugForm(options);
  const { form, policy, checked, complete, preflight, change, cure, start } = filled;
  const problems = checked.ok ? {} : checked.problems;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className="grid gap-x-6 gap-y-4 p-4 md:grid-cols-2">
        <KindField kind={form.kind} allowed={policy.kinds} onChange={(kind) => change({ kind })} />
        <div className="min-w-0 space-y-4">
          <DebugFields
            link={link}
            policy={policy}
            form={form}
            targets={targetsOf(pod)}
            containers={pod.containers.filter(({ kind }) => kind === 'main').map((container) => container.name)}
            problems={problems}
            onChange={change}
          />
          <FormNotices filled={filled}>
            {form.kind === 'ephemeral' && (
              <RunningTwin
                pod={pod}
                image={form.image.trim()}
                target={form.target === '' ? undefined : form.target}
                onJoin={(container) => {
                  void joinDebugger({ ...link, container });
                  onStarted();
                }}
              />
            )}
          </FormNotices>
        </div>
        <div className="min-w-0 rounded-lg border border-line bg-page p-3">
          {complete ? <Predictions pod={pod} request={complete} onCure={cure} /> : <Incomplete />}
        </div>
        <LazyMoreOptions
          form={form}
          problems={problems}
          request={checked.ok ? checked.request : undefined}
          manifest={preflight.kind === 'checked' ? preflight.preflight.manifest : undefined}
          onChange={change}
        />
        <SameWithKubectl checked={checked} />
      </div>
      <DialogFooter filled={filled} onClose={onClose} />
    </form>
  );
}

/** Why the debugger can't be started like this, or what would be better. */
function FormNotices({ filled, children }: { filled: FilledForm; children: ReactNode }) {
  const { impossible, error, preflight, cure } = filled;
  return (
    <div className="min-w-0 space-y-2 empty:hidden">
      {impossible && <Notice tone="problem" title={impossible} />}
      {children}
      {error ? <ErrorNotice error={error} /> : <PreflightNotices problems={foreseenIn(preflight)} onCure={cure} />}
    </div>
  );
}

function foreseenIn(state: PreflightState): PreflightProblem[] {
  return state.kind === 'checked' ? state.preflight.problems : [];
}

function SameWithKubectl({ checked }: { checked: CheckedForm }) {
  return (
    <div className="min-w-0 space-y-1.5 md:col-span-2">
      <h3 className="text-xs text-muted">
        The same with kubectl{checked.ok && checked.request.custom !== undefined ? ', in bash or zsh' : ''}
      </h3>
      {checked.ok ? <CommandLine command={toDebugCommand(checked.request)} label="kubectl command" /> : <Incomplete />}
    </div>
  );
}

function Incomplete() {
  return <p className="text-sm text-muted">It appears once the form is complete.</p>;
}

function DialogFooter({ filled, onClose }: { filled: FilledForm; onClose(): void }) {
  const { checked, impossible, preflight, error, isStarting } = filled;
  const hasProblem = foreseenIn(preflight).length > 0 && !error;
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t border-line bg-surface px-4 py-3">
      <p className="min-w-0 flex-1 basis-52 text-xs text-muted">
        <span role="status" className={hasProblem ? 'font-medium text-problem' : undefined}>
          {preflightWords(preflight)}
        </span>{' '}
        What the terminal shows also goes to the container’s log: take care with secrets.
      </p>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="primary" type="submit" disabled={!checked.ok || impossible !== undefined || isStarting}>
        {isStarting ? 'Starting…' : 'Start debugger'}
      </Button>
    </div>
  );
}

function preflightWords(state: PreflightState): string {
  if (state.kind === 'checking') return 'Checking with the cluster…';
  if (state.kind === 'unknown') return '';
  // A small window shows the problem further up.
  const { problems, imageIsOn } = state.preflight;
  if (problems.length > 0) return 'Something is in its way, see above.';
  return `The cluster would allow it.${imageIsOn === undefined ? '' : ` Node ${imageIsOn} has the image: it starts fast.`}`;
}
