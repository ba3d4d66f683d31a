import { useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import type { PodLink } from '../links/pod-links.ts';
import { CheckField } from '../ui/check-field.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import type { DebugForm } from './debug-form.ts';

export interface MirrorFieldProps {
  link: PodLink;
  form: DebugForm;
  onChange(change: Partial<DebugForm>): void;
}

const nothing: Partial<DebugForm> = { mirrored: '', customText: '', custom: { ok: true, fields: undefined } };

/** Gives the debugger the volumes, variables and user of its target, as YAML to read and change. */
export function MirrorField({ link, form, onChange }: MirrorFieldProps) {
  const [error, setError] = useState<WireError>();
  const { target, mirrored } = form;
  if (target === '') return null;
  const mirror = async () => {
    setError(undefined);
    try {
      const { text, fields } = await getConnection().ask('container:mirror', { ...link, container: target });
      onChange({ mirrored: target, customText: text, custom: { ok: true, fields } });
    } catch (cause) {
      setError(toWireError(cause));
    }
  };
  return (
    <div className="space-y-2">
      <CheckField
        label={`As ${target}: its volumes, variables and user`}
        hint="Volumes can only be read. Shown as YAML further down, in place of what is there."
        isChecked={mirrored === target}
        onChange={(isChecked) => (isChecked ? void mirror() : onChange(nothing))}
      />
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
