'use client';

import { clsx } from 'clsx';
import { type DebugPolicy, explainImageNotAllowed } from '#lib/debug/policy.ts';
import { nodeProfileGrants, profileGrants } from '#lib/debug/profiles.ts';
import type { PodLink } from '../links/pod-links.ts';
import { ChoiceField, toChoices } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';
import type { FormProblems } from './check-form.ts';
import { CopyFields } from './copy-fields.tsx';
import type { DebugForm } from './debug-form.ts';
import { MirrorField } from './mirror-field.tsx';
import { useRecentImages } from './recent-images.ts';

export interface DebugFieldsProps {
  link: PodLink;
  policy: DebugPolicy;
  form: DebugForm;
  targets: string[];
  /** All that the pod has. */
  containers: string[];
  problems: FormProblems;
  onChange(change: Partial<DebugForm>): void;
}

export function DebugFields({ link, policy, form, targets, containers, problems, onChange }: DebugFieldsProps) {
  const used = useRecentImages((store) => store.images);
  const presets = policy.images;
  const isListed = (image: string) => explainImageNotAllowed(policy, image) === undefined;
  const recent = used.filter(isListed).filter((image) => presets.every((preset) => preset.image !== image));
  return (
    <div className="min-w-0 space-y-4">
      <CodeField
        label="Image"
        problem={problems.image}
        value={form.image}
        onChange={(image) => onChange({ image })}
        autoFocus
      >
        <span className="mt-1.5 flex flex-wrap gap-1.5">
          {presets.map(({ image, what }) => (
            <ImageButton
              key={image}
              label={image.replace(/:.*$/, '').replace(/^.*\//, '')}
              title={what}
              isChosen={form.image === image}
              onChoose={() => onChange({ image })}
            />
          ))}
          {recent.map((image) => (
            <ImageButton
              key={image}
              label={image.replace(/^.*\//, '')}
              title={`Used before: ${image}`}
              isChosen={form.image === image}
              onChoose={() => onChange({ image })}
            />
          ))}
        </span>
      </CodeField>
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

interface ImageButtonProps {
  label: string;
  title: string;
  isChosen: boolean;
  onChoose(): void;
}

function ImageButton({ label, title, isChosen, onChoose }: ImageButtonProps) {
  return (
    <button
      type="button"
      title={title}
      aria-pressed={isChosen}
      onClick={onChoose}
      className={clsx(
        'max-w-48 truncate rounded-full border px-2.5 py-0.5 text-xs',
        isChosen ? 'border-accent bg-accent-soft' : 'border-line hover:bg-raised',
      )}
    >
      {label}
    </button>
  );
}
