import { CheckField } from '../ui/check-field.tsx';
import { controlClass, Field } from '../ui/field.tsx';
import type { FormProblems } from './check-form.ts';
import type { DebugForm } from './debug-form.ts';

export interface CopyFieldsProps {
  form: DebugForm;
  /** Those of the pod. */
  containers: string[];
  problems: FormProblems;
  onChange(change: Partial<DebugForm>): void;
}

/** What the copy is to be. */
export function CopyFields({ form, containers, problems, onChange }: CopyFieldsProps) {
  /** Who changes a container usually wants a shell in its place, with its own image. */
  const choose = (container: string) => {
    const isFirst = container !== '' && form.container === '' && form.command === '';
    onChange({ container, ...(isFirst ? { image: '', command: 'sh' } : {}) });
  };
  return (
    <>
      <Field label="Name of the copy" problem={problems.copyName} hint="It is deleted when its terminal ends.">
        {(ids) => (
          <input
            {...ids}
            value={form.copyName}
            onChange={(event) => onChange({ copyName: event.target.value })}
            autoComplete="off"
            spellCheck={false}
            className={controlClass({ problem: problems.copyName, isCode: true })}
          />
        )}
      </Field>
      <Field
        label="Debug with"
        hint={
          form.container === ''
            ? 'The application starts as it does in the original.'
            : 'It runs the image and command above in place of its own; an empty image is its own.'
        }
      >
        {(ids) => (
          <select
            {...ids}
            value={form.container}
            onChange={(event) => choose(event.target.value)}
            className={controlClass()}
          >
            <option value="">A new container beside the others</option>
            {containers.map((container) => (
              <option key={container} value={container}>
                {container}, changed
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="space-y-2">
        <CheckField
          label="One process list for all its containers"
          isChecked={form.sharesProcesses}
          onChange={(sharesProcesses) => onChange({ sharesProcesses })}
        />
        <CheckField
          label="On the same node"
          isChecked={form.sameNode}
          onChange={(sameNode) => onChange({ sameNode })}
        />
        <CheckField
          label="Delete the original once there is the copy"
          {...(form.replace
            ? { hint: 'At once, without its time to end. Its owner, if it has one, makes another.' }
            : {})}
          isChecked={form.replace}
          onChange={(replace) => onChange({ replace })}
        />
      </div>
    </>
  );
}
