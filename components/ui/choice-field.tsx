import { controlClass, Field } from './field.tsx';

export interface ChoiceFieldProps<V extends string> {
  label: string;
  className: string;
  value: V;
  choices: readonly { value: V; label: string }[];
  onChange(value: V): void;
}

/** One of a few. */
export function ChoiceField<V extends string>({ label, className, value, choices, onChange }: ChoiceFieldProps<V>) {
  return (
    <div className={className}>
      <Field label={label}>
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

/** Choices that are called what they are. */
export function toChoices(names: readonly string[]): { value: string; label: string }[] {
  return names.map((name) => ({ value: name, label: name }));
}
