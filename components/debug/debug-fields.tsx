'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import { type Profile, profileGrants, profiles } from '#lib/profiles.ts';
import { type DebugForm, presets } from './debug-form.ts';

const control = 'h-9 w-full min-w-0 rounded-md border bg-surface px-2.5 text-sm';

export interface DebugFieldsProps {
  form: DebugForm;
  targets: string[];
  problems: { image?: string; command?: string };
  onChange(change: Partial<DebugForm>): void;
}

export function DebugFields({ form, targets, problems, onChange }: DebugFieldsProps) {
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
              className={clsx(control, 'font-mono', problems.image ? 'border-problem' : 'border-line')}
            />
            <span className="mt-1.5 flex flex-wrap gap-1.5">
              {presets.map((preset) => (
                <button
                  key={preset.image}
                  type="button"
                  title={preset.what}
                  aria-pressed={form.image === preset.image}
                  onClick={() => onChange({ image: preset.image })}
                  className={clsx(
                    'rounded-full border px-2.5 py-0.5 text-xs',
                    form.image === preset.image ? 'border-accent bg-accent-soft' : 'border-line hover:bg-raised',
                  )}
                >
                  {preset.image.replace(/:.*$/, '').replace(/^.*\//, '')}
                </button>
              ))}
            </span>
          </>
        )}
      </Field>
      <Field label="Target container" hint="Joins the process list of this container.">
        {(ids) => (
          <select
            {...ids}
            value={form.target}
            onChange={(event) => onChange({ target: event.target.value })}
            className={clsx(control, 'border-line')}
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
      <Field label="Profile" hint={profileGrants[form.profile]}>
        {(ids) => (
          <select
            {...ids}
            value={form.profile}
            onChange={(event) => onChange({ profile: event.target.value as Profile })}
            className={clsx(control, 'border-line')}
          >
            {profiles.map((profile) => (
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
            className={clsx(
              control,
              'font-mono placeholder:text-muted',
              problems.command ? 'border-problem' : 'border-line',
            )}
          />
        )}
      </Field>
    </div>
  );
}

interface FieldProps {
  label: string;
  hint?: string;
  problem?: string | undefined;
  children(ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }): ReactNode;
}

function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': problem !== undefined })}
      <p id={noteId} className={clsx('mt-1 text-xs', problem ? 'text-problem' : 'text-muted')}>
        {problem ?? hint}
      </p>
    </div>
  );
}
