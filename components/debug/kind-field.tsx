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

const explanations: Record<DebugForm['kind'], string> = {
  ephemeral: 'An ephemeral container is added to the pod. It can be stopped, but stays in the pod’s record.',
  copy: 'For what can’t be done to the pod itself: other images, another command for a container that crashes, one process list. It gets no traffic unless its labels are kept.',
  node: 'A pod is made on the node, in this namespace, and deleted when its terminal ends.',
};

/** Where the debugger runs. */
export function KindField({ kind: chosen, allowed, onChange }: KindFieldProps) {
  return (
    <div className="min-w-0 md:col-span-2">
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
      <p className="mt-2 text-xs text-muted">{explanations[chosen]}</p>
    </div>
  );
}
