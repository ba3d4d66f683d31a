'use client';

import { clsx } from 'clsx';
import { type DebugPolicy, explainImageNotAllowed } from '#lib/debug/policy.ts';
import { nodeProfileGrants, type Profile, profileGrants } from '#lib/debug/profiles.ts';
import type { PodLink } from '../shell/url-state.ts';
import { controlClass, Field } from '../ui/field.tsx';
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
      <Field label="Image" problem={problems.image}>
        {(ids) => (
          <>
            <input
              {...ids}
              value={form.image}
              onChange={(event) => onChange({ image: event.target.value })}
              // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that was asked for
              autoFocus
              autoComplete="off"
              spellCheck={false}
              className={controlClass({ problem: problems.image, isCode: true })}
            />
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
          </>
        )}
      </Field>
      {form.kind === 'copy' && (
        <CopyFields form={form} containers={containers} problems={problems} onChange={onChange} />
      )}
      {form.kind === 'ephemeral' && (
        <Field label="Target container" hint="Joins the process list of this container.">
          {(ids) => (
            <select
              {...ids}
              value={form.target}
              onChange={(event) => onChange({ target: event.target.value })}
              className={controlClass()}
            >
              <option value="">None: its own processes only</option>
              {[...new Set([...targets, ...(form.target === '' ? [] : [form.target])])].map((target) => (
                <option key={target} value={target}>
                  {target}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {form.kind === 'ephemeral' && <MirrorField link={link} form={form} onChange={onChange} />}
      <Field label="Profile" hint={(form.kind === 'node' ? nodeProfileGrants : profileGrants)[form.profile]}>
        {(ids) => (
          <select
            {...ids}
            value={form.profile}
            onChange={(event) => onChange({ profile: event.target.value as Profile })}
            className={controlClass()}
          >
            {policy.profiles.map((profile) => (
              <option key={profile} value={profile}>
                {profile}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Command" hint="Empty: what the image starts by itself, usually a shell." problem={problems.command}>
        {(ids) => (
          <input
            {...ids}
            value={form.command}
            onChange={(event) => onChange({ command: event.target.value })}
            autoComplete="off"
            spellCheck={false}
            placeholder="sh -c 'tcpdump -i any'"
            className={controlClass({ problem: problems.command, isCode: true })}
          />
        )}
      </Field>
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
