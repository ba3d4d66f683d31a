export interface ListChoiceProps<V extends string> {
  label: string;
  value: V;
  choices: readonly { value: V; label: string }[];
  onChange(value: V): void;
}

/** Stands beside a list and chooses which part of it is shown, or how. */
export function ListChoice<V extends string>({ label, value, choices, onChange }: ListChoiceProps<V>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as V)}
      className="h-8 rounded-md border border-line bg-surface px-2 text-sm"
    >
      {choices.map((choice) => (
        <option key={choice.label} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
