import { CheckField } from '../ui/check-field.tsx';
import { ChoiceField } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';
import type { FormProblems } from './check-form.ts';
import type { DebugForm } from './debug-form.ts';

export interface CopyFieldsProps {
  form: DebugForm;
  /** Main containers of the pod. */
  containers: string[];
  problems: FormProblems;
  onChange(change: Partial<DebugForm>): void;
}

/** How the copy of the pod differs from it. */
export function CopyFields({ form, containers, problems, onChange }: CopyFieldsProps) {
  /** A changed container usually keeps its image and runs a shell instead. */
  const choose = (container: string) => {
    const isFirst = container !== '' && form.container === '' && form.command === '';
    onChange({ container, ...(isFirst ? { image: '', command: 'sh' } : {}) });
  };
  return (
    <>
      <CodeField
        label="Name of the copy"
        problem={problems.copyName}
        hint="It is deleted when its terminal ends."
        value={form.copyName}
        onChange={(copyName) => onChange({ copyName })}
      />
      <ChoiceField
        label="Debug with"
        hint={
          form.container === ''
            ? 'The application starts as it does in the original.'
            : 'It runs the image and command above in place of its own; an empty image is its own.'
        }
        value={form.container}
        choices={[
          { value: '', label: 'A new container beside the others' },
          ...containers.map((container) => ({ value: container, label: `${container}, changed` })),
        ]}
        onChange={choose}
      />
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
