import { clsx } from 'clsx';
import type { DebugForm } from './debug-form.ts';

const kinds: { kind: DebugForm['kind']; title: string; what: string }[] = [
  { kind: 'ephemeral', title: 'In the pod', what: 'Beside its containers, which go on.' },
  { kind: 'copy', title: 'In a copy', what: 'A new pod like it; this one goes on.' },
  { kind: 'node', title: 'On its node', what: 'A pod that sees the whole node.' },
];

export interface KindFieldProps {
  kind: DebugForm['kind'];
  allowed: readonly DebugForm['kind'][];
  onChange(kind: DebugForm['kind']): void;
}

/** Where the debugger is to be. */
export function KindField({ kind: chosen, allowed, onChange }: KindFieldProps) {
  return (
    <fieldset>
      <legend className="sr-only">Where</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {kinds
          .filter((one) => allowed.includes(one.kind))
          .map(({ kind, title, what }) => (
            <label
              key={kind}
              className={clsx(
                'flex cursor-pointer gap-2 rounded-md border px-3 py-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
                kind === chosen ? 'border-accent bg-accent-soft' : 'border-line hover:bg-raised',
              )}
            >
              <input
                type="radio"
                name="debugger-kind"
                checked={kind === chosen}
                onChange={() => onChange(kind)}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="block font-medium">{title}</span>
                <span className="block text-xs text-muted">{what}</span>
              </span>
            </label>
          ))}
      </div>
    </fieldset>
  );
}
