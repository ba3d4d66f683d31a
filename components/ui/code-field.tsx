import type { ReactNode } from 'react';
import { controlClass, Field, type FieldProps } from './field.tsx';

export interface CodeFieldProps extends Omit<FieldProps, 'children'> {
  value: string;
  placeholder?: string;
  onChange(value: string): void;
}

/** Keyboards and browsers correct prose; text for a machine must stay as it was typed. */
const asTyped = { spellCheck: false, autoCapitalize: 'off', autoComplete: 'off' } as const;

/** A line for a machine to read: a name, a command, an image. `children`: shown below it, such as suggestions. */
export function CodeField({
  value,
  placeholder,
  onChange,
  autoFocus = false,
  children,
  ...field
}: CodeFieldProps & { autoFocus?: boolean; children?: ReactNode }) {
  return (
    <Field {...field}>
      {(ids) => (
        <>
          <input
            {...ids}
            {...asTyped}
            value={value}
            placeholder={placeholder}
            onChange={(event) => onChange(event.target.value)}
            // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that was asked for
            autoFocus={autoFocus}
            className={controlClass({ problem: field.problem, isCode: true })}
          />
          {children}
        </>
      )}
    </Field>
  );
}

/** The same with several lines. */
export function CodeArea({ value, placeholder, onChange, rows, ...field }: CodeFieldProps & { rows: number }) {
  return (
    <Field {...field}>
      {(ids) => (
        <textarea
          {...ids}
          {...asTyped}
          rows={rows}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          className={controlClass({ problem: field.problem, isCode: true, isTall: true })}
        />
      )}
    </Field>
  );
}
