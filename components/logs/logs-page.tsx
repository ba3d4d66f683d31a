'use client';

import { Download, RefreshCw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useRef, useState } from 'react';
import { useContextSummary } from '../cluster/cluster-store.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { type LogChoice, logAddress } from '../links/log-address.ts';
import type { PodLink } from '../links/pod-links.ts';
import { useParameter } from '../links/url-parameters.ts';
import { BackToPod } from '../page-frame/back-to-pod.tsx';
import { NoAddress } from '../page-frame/no-address.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { ListChoice } from '../ui/list-choice.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import type { LogMatch } from './log-match.ts';
import { LogView } from './log-view.tsx';
import { type Log, type LogState, useLog } from './use-log.ts';
import { useMatch } from './use-match.ts';

const firstExtent = 'tail=1000';
/** How much there is to choose, as tail lines or seconds. */
const extents = [
  { value: firstExtent, label: 'last 1,000 lines' },
  { value: 'since=300', label: 'last 5 minutes' },
  { value: 'since=3600', label: 'last hour' },
  { value: 'since=86400', label: 'last day' },
  { value: 'all', label: 'all that the node has' },
];

export function LogsPage() {
  const parameters = useSearchParams();
  const context = useContextSummary()?.name;
  const [namespace, pod, container] = ['namespace', 'name', 'container'].map((name) => parameters.get(name));
  if (!namespace || !pod || !container) return <NoAddress thing="container" />;
  if (context === undefined) return null;
  return (
    <ContainerLog key={`${namespace}/${pod} ${container}`} link={{ context, namespace, pod }} container={container} />
  );
}

function ContainerLog({ link, container }: { link: PodLink; container: string }) {
  const epoch = useConnectionEpoch();
  const [round, setRound] = useState(0);
  const [wraps, setWraps] = useState(false);
  const [text, setText] = useParameter('filter');
  const [extent, setExtent] = useParameter('extent');
  const [previous, setPrevious] = useParameter('previous');
  const [timestamps, setTimestamps] = useParameter('timestamps');
  const [follow, setFollow] = useParameter('follow');
  // Names with commas between.
  const [together, setTogether] = useParameter('with');
  const search = useRef<HTMLInputElement>(null);
  const choice: LogChoice = {
    extent: extent === '' ? firstExtent : extent,
    previous: previous === 'true',
    timestamps: timestamps === 'true',
    follow: follow !== 'false',
  };
  const { pod } = usePod(link);
  const others = together.split(',').filter((name) => name !== '' && name !== container);
  const names = [container, ...others];
  const isMerged = names.length > 1;
  const sources = names.map((name) => ({
    name,
    address: logAddress(link, name, { ...choice, timestamps: choice.timestamps || isMerged }),
  }));
  const log = useLog(epoch === 0 ? undefined : sources, { showsTimes: choice.timestamps, again: String(round) });
  const match = useMatch(log, text);
  const { lines, state } = log;
  useShortcuts({ '/': () => search.current?.select(), r: () => setRound(round + 1) });
  return (
    <div className="mx-auto flex h-full max-w-7xl flex-col gap-3 p-3 sm:p-4">
      <div>
        <BackToPod link={link} />
        <h1 className="text-lg font-semibold break-all">Log of {names.join(', ')}</h1>
      </div>
      <OtherLogs
        names={pod?.containers.map(({ name }) => name).filter((name) => name !== container) ?? []}
        chosen={others}
        onChange={(chosen) => setTogether(chosen.join(','))}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchField
          field={search}
          label="Filter the log"
          placeholder="Only lines with   ( / )"
          value={text}
          onChange={setText}
          className="min-w-48 flex-1 basis-56"
        />
        <ListChoice label="How much" value={choice.extent} choices={extents} onChange={setExtent} />
        <CheckField label="Follow" isChecked={choice.follow} onChange={(isOn) => setFollow(isOn ? '' : 'false')} />
        <CheckField
          label="Times"
          isChecked={choice.timestamps}
          onChange={(isOn) => setTimestamps(isOn ? 'true' : '')}
        />
        <CheckField
          label="Before the last restart"
          isChecked={choice.previous}
          onChange={(isOn) => setPrevious(isOn ? 'true' : '')}
        />
        <CheckField label="Wrap" isChecked={wraps} onChange={setWraps} />
        <div className="flex min-w-0 flex-wrap gap-1.5">
          <Button size="small" onClick={() => setRound(round + 1)}>
            <RefreshCw size={13} aria-hidden /> Read again
          </Button>
          {names.map((name) => (
            <a
              key={name}
              href={logAddress(link, name, { ...choice, follow: false }, { isDownload: true })}
              className={buttonClass({ size: 'small' })}
            >
              <Download size={13} aria-hidden /> Download{isMerged && ` ${name}`}
            </a>
          ))}
        </div>
      </div>
      {state.kind === 'failed' && <ErrorNotice error={state.error} />}
      <LogView lines={match ?? lines} text={text} wraps={wraps} empty={emptyWords(log, match)} />
      <p role="status" className="text-xs text-muted">
        {match === undefined ? '' : `${match.length.toLocaleString()} of `}
        {lines.length.toLocaleString()} lines
        {lines.gone > 0 && `, ${lines.gone.toLocaleString()} older ones are not kept`}
        {stateWords(state)}
      </p>
    </div>
  );
}

interface OtherLogsProps {
  names: string[];
  chosen: string[];
  onChange(chosen: string[]): void;
}

/** Other containers of the pod, whose lines come between, by their times. */
function OtherLogs({ names, chosen, onChange }: OtherLogsProps) {
  if (names.length === 0) return null;
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <legend className="float-left mr-3 text-xs leading-5 text-muted">Together with</legend>
      {names.map((name) => (
        <CheckField
          key={name}
          label={name}
          isChecked={chosen.includes(name)}
          onChange={(isOn) => onChange(isOn ? [...chosen, name] : chosen.filter((one) => one !== name))}
        />
      ))}
    </fieldset>
  );
}

function emptyWords({ lines, state }: Log, match: LogMatch | undefined): string {
  if (lines.length > 0) return match?.isOver ? 'No line has this in it.' : 'Searching…';
  return state.kind === 'whole' ? 'It is empty.' : state.kind === 'failed' ? '' : 'Nothing has come yet.';
}

function stateWords(state: LogState): string {
  switch (state.kind) {
    case 'loading':
      return ' · reading…';
    case 'following':
      return ' · as they come';
    case 'whole':
      return ' · that is all';
    case 'failed':
      return '';
  }
}
