'use client';

import type { DebugPolicy } from '#lib/debug/policy.ts';
import { nodeProfileGrants, profileGrants } from '#lib/debug/profiles.ts';
import type { PodLink } from '../links/pod-links.ts';
import { ChoiceField, toChoices } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';
import type { FormProblems } from './check-form.ts';
import { CopyFields } from './copy-fields.tsx';
import type { DebugForm } from './debug-form.ts';
import { ImageField } from './image-field.tsx';
import { MirrorField } from './mirror-field.tsx';

export interface DebugFieldsProps {
  link: PodLink;
  policy: DebugPolicy;
  form: DebugForm;
  /** Containers that can be targeted. */
  targets: string[];
  /** All main containers of the pod. */
  containers: string[];
  problems: FormProblems;
  onChange(change: Partial<DebugForm>): void;
}

export function DebugFields({ link, policy, form, targets, containers, problems, onChange }: DebugFieldsProps) {
  return (
    <div className="min-w-0 space-y-4">
      <ImageField
        policy={policy}
        image={form.image}
        problem={problems.image}
        onChange={(image) => onChange({ image })}
      />
      {form.kind === 'copy' && (
        <CopyFields form={form} containers={containers} problems={problems} onChange={onChange} />
      )}
      {form.kind === 'ephemeral' && (
        <ChoiceField
          label="Target container"
          hint="Joins the process list of this container."
          value={form.target}
          choices={[
            { value: '', label: 'None: its own processes only' },
            ...toChoices([...new Set([...targets, ...(form.target === '' ? [] : [form.target])])]),
          ]}
          onChange={(target) => onChange({ target })}
        />
      )}
      {form.kind === 'ephemeral' && <MirrorField link={link} form={form} onChange={onChange} />}
      <ChoiceField
        label="Profile"
        hint={(form.kind === 'node' ? nodeProfileGrants : profileGrants)[form.profile]}
        value={form.profile}
        choices={toChoices(policy.profiles)}
        onChange={(profile) => onChange({ profile })}
      />
      <CodeField
        label="Command"
        hint="Empty: what the image starts by itself, usually a shell."
        problem={problems.command}
        value={form.command}
        placeholder="sh -c 'tcpdump -i any'"
        onChange={(command) => onChange({ command })}
      />
    </div>
  );
}
