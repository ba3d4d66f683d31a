import { clsx } from 'clsx';
import { type DebugPolicy, explainImageNotAllowed } from '#lib/debug/policy.ts';
import { CodeField } from '../ui/code-field.tsx';
import { useRecentImages } from './recent-images.ts';

export interface ImageFieldProps {
  policy: DebugPolicy;
  image: string;
  problem: string | undefined;
  onChange(image: string): void;
}

/** The image, with the policy's images and those that were used before to choose from. */
export function ImageField({ policy, image: chosen, problem, onChange }: ImageFieldProps) {
  const used = useRecentImages((store) => store.images);
  const presets = policy.images;
  const isListed = (image: string) => explainImageNotAllowed(policy, image) === undefined;
  const recent = used.filter(isListed).filter((image) => presets.every((preset) => preset.image !== image));
  return (
    <CodeField label="Image" problem={problem} value={chosen} onChange={onChange} autoFocus>
      <span className="mt-1.5 flex flex-wrap gap-1.5">
        {presets.map(({ image, what }) => (
          <ImageButton
            key={image}
            label={image.replace(/:.*$/, '').replace(/^.*\//, '')}
            title={what}
            isChosen={chosen === image}
            onChoose={() => onChange(image)}
          />
        ))}
        {recent.map((image) => (
          <ImageButton
            key={image}
            label={image.replace(/^.*\//, '')}
            title={`Used before: ${image}`}
            isChosen={chosen === image}
            onChoose={() => onChange(image)}
          />
        ))}
      </span>
    </CodeField>
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
