import { useRef, useState } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import { followedBytes, viewedBytes } from '#lib/protocol/requests/file-streams.ts';
import { LogView } from '../logs/log-view.tsx';
import { useLog } from '../logs/use-log.ts';
import { useMatch } from '../logs/use-match.ts';
import { CheckField } from '../ui/check-field.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { type FileAddress, fileStreamHref } from './file-address.ts';

export interface TextViewProps {
  address: FileAddress;
  /** The file is longer than the part that is shown. */
  isCut: boolean;
}

/** The lines of a file, from its beginning, or from its end as it grows. */
export function TextView({ address, isCut }: TextViewProps) {
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [follows, setFollows] = useState(false);
  const [wraps, setWraps] = useState(false);
  const log = useLog([{ name: '', address: fileStreamHref(address, follows ? 'end' : 'begin') }]);
  const match = useMatch(log, text);
  const { lines, state } = log;
  useShortcuts({ '/': () => search.current?.select() });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchField
          field={search}
          label="Filter the lines"
          placeholder="Only lines with   ( / )"
          value={text}
          onChange={setText}
          className="min-w-48 flex-1 basis-56"
        />
        <CheckField label="Follow its end" isChecked={follows} onChange={setFollows} />
        <CheckField label="Wrap" isChecked={wraps} onChange={setWraps} />
      </div>
      {state.kind === 'failed' && <ErrorNotice error={state.error} />}
      <LogView
        key={follows ? 'end' : 'begin'}
        lines={match ?? lines}
        text={text}
        wraps={wraps}
        empty={lines.length > 0 ? 'No line has this in it.' : state.kind === 'whole' ? 'It is empty.' : ''}
        begins={follows ? 'end' : 'top'}
      />
      <p role="status" className="text-xs text-muted">
        {match !== undefined && `${match.length.toLocaleString()} of `}
        {lines.length.toLocaleString()} lines
        {follows && ` of its last ${formatBytes(followedBytes)}, and what is added`}
        {!follows && isCut && `: its first ${formatBytes(viewedBytes)}; follow its end, or download it`}
        {state.kind === 'loading' && ' · reading…'}
      </p>
    </>
  );
}
