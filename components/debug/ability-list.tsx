import { clsx } from 'clsx';
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { Ability, AbilityName } from '#lib/debug/abilities.ts';
import type { Cure } from '#lib/debug/preflight.ts';
import { cureLabel } from './cure-label.ts';

const words: Record<AbilityName, string> = {
  processes: 'See processes',
  signal: 'Signal them',
  files: 'Read their files',
  trace: 'Trace them',
  localhost: 'Reach localhost',
  volumes: 'Use volumes',
};
const looks: Record<Ability['is'], { icon: typeof CircleX; colour: string; word: string }> = {
  yes: { icon: CircleCheck, colour: 'text-ok', word: 'yes' },
  no: { icon: CircleX, colour: 'text-muted', word: 'no' },
  unknown: { icon: CircleHelp, colour: 'text-pending', word: 'perhaps' },
};

export interface AbilityListProps {
  label: string;
  abilities: Ability[];
  where: 'pod' | 'node';
  onCure?(cure: Cure): void;
}

/** What a debugger can and can't do, each with its reason. */
export function AbilityList({ label, abilities, where, onCure }: AbilityListProps) {
  return (
    <ul className="space-y-1.5 text-xs leading-5" aria-label={label}>
      {abilities.map(({ name, is, why, cure }) => {
        const { icon: Icon, colour, word } = looks[is];
        return (
          <li key={name} className="flex gap-x-2" data-ability={name} data-is={is}>
            <Icon size={14} className={clsx('mt-[3px] shrink-0', colour)} aria-hidden />
            <span className="min-w-0">
              <span className="font-medium">
                {where === 'node' && name === 'volumes' ? 'Read the node’s files' : words[name]}
              </span>
              <span className="sr-only">: {word}.</span> <span className="text-muted">{why}</span>
              {cure && onCure && (
                <>
                  {' '}
                  <button type="button" className="rounded text-accent underline" onClick={() => onCure(cure)}>
                    {cureLabel(cure)}
                  </button>
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
