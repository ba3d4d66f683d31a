import { Download, RefreshCw } from 'lucide-react';
import { useRef } from 'react';
import { Button, buttonClass } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { ListChoice } from '../ui/list-choice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { type ChosenLog, firstExtent } from './use-log-choice.ts';

/** How much of the log to read, in lines from its end or in seconds. */
const extents = [
  { value: firstExtent, label: 'last 1,000 lines' },
  { value: 'since=300', label: 'last 5 minutes' },
  { value: 'since=3600', label: 'last hour' },
  { value: 'since=86400', label: 'last day' },
  { value: 'all', label: 'all that the node has' },
];

export interface LogToolbarProps {
  chosen: ChosenLog;
  wraps: boolean;
  downloads: { name: string; href: string }[];
  onChange(change: Partial<ChosenLog>): void;
  onWrap(wraps: boolean): void;
  onReadAgain(): void;
}

export function LogToolbar({ chosen, wraps, downloads, onChange, onWrap, onReadAgain }: LogToolbarProps) {
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => search.current?.select() });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <SearchField
        field={search}
        label="Filter the log"
        placeholder="Only lines with   ( / )"
        value={chosen.text}
        onChange={(text) => onChange({ text })}
        className="min-w-48 flex-1 basis-56"
      />
      <ListChoice
        label="How much"
        value={chosen.extent}
        choices={extents}
        onChange={(extent) => onChange({ extent })}
      />
      <CheckField label="Follow" isChecked={chosen.follow} onChange={(follow) => onChange({ follow })} />
      <CheckField label="Times" isChecked={chosen.timestamps} onChange={(timestamps) => onChange({ timestamps })} />
      <CheckField
        label="Before the last restart"
        isChecked={chosen.previous}
        onChange={(previous) => onChange({ previous })}
      />
      <CheckField label="Wrap" isChecked={wraps} onChange={onWrap} />
      <div className="flex min-w-0 flex-wrap gap-1.5">
        <Button size="small" onClick={onReadAgain}>
          <RefreshCw size={13} aria-hidden /> Read again
        </Button>
        {downloads.map(({ name, href }) => (
          <a key={name} href={href} className={buttonClass({ size: 'small' })}>
            <Download size={13} aria-hidden /> Download{downloads.length > 1 && ` ${name}`}
          </a>
        ))}
      </div>
    </div>
  );
}
