import { controlClass, Field } from './field.tsx';

export interface ChoiceFieldProps<V extends string> {
  label: string;
  hint?: string | undefined;
  /** The width in a row of fields. */
  className?: string;
  value: V;
  choices: readonly { value: V; label: string }[];
  onChange(value: V): void;
}

/** A field that chooses one of a few values. */
export function ChoiceField<V extends string>({
  label,
  hint,
  className,
  value,
  choices,
  onChange,
}: ChoiceFieldProps<V>) {
  return (
    <div className={className}>
      <Field label={label} hint={hint}>
        {(ids) => (
          <select
            {...ids}
            value={value}
            onChange={(event) => onChange(event.target.value as V)}
            className={controlClass()}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

/** Choices whose labels are their values. */
export function toChoices<V extends string>(names: readonly V[]): { value: V; label: string }[] {
  return names.map((name) => ({ value: name, label: name }));
}
