'use client';

import { useState } from 'react';
import { usePod } from '../cluster/use-pod.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { logAddress } from '../links/log-address.ts';
import type { PodLink } from '../links/pod-links.ts';
import { ContainerGate } from '../page-frame/pod-gate.tsx';
import { PodSubpage } from '../page-frame/pod-subpage.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import type { LogMatch } from './log-match.ts';
import { LogToolbar } from './log-toolbar.tsx';
import { LogView } from './log-view.tsx';
import { type Log, type LogState, useLog } from './use-log.ts';
import { type ChosenLog, useLogChoice } from './use-log-choice.ts';
import { useMatch } from './use-match.ts';

export function LogsPage() {
  return <ContainerGate>{(link, container) => <ContainerLog link={link} container={container} />}</ContainerGate>;
}

function ContainerLog({ link, container }: { link: PodLink; container: string }) {
  const [round, setRound] = useState(0);
  const [wraps, setWraps] = useState(false);
  const [chosen, change] = useLogChoice(container);
  const { pod } = usePod(link);
  const names = [container, ...chosen.others];
  const log = useChosenLogs({ link, names, chosen, round });
  const match = useMatch(log, chosen.text);
  const { lines, state } = log;
  const readAgain = () => setRound(round + 1);
  useShortcuts({ r: readAgain });
  return (
    <PodSubpage link={link} title={<>Log of {names.join(', ')}</>} isAsTallAsWindow>
      <OtherLogs
        names={pod?.containers.map(({ name }) => name).filter((name) => name !== container) ?? []}
        chosen={chosen.others}
        onChange={(others) => change({ others })}
      />
      <LogToolbar
        chosen={chosen}
        wraps={wraps}
        downloads={names.map((name) => ({
          name,
          href: logAddress({ link, container: name, ...chosen, follow: false, isDownload: true }),
        }))}
        onChange={change}
        onWrap={setWraps}
        onReadAgain={readAgain}
      />
      {state.kind === 'failed' && <ErrorNotice error={state.error} />}
      <LogView lines={match ?? lines} text={chosen.text} wraps={wraps} empty={emptyWords(log, match)} />
      <p role="status" className="text-xs text-muted">
        {match === undefined ? '' : `${match.length.toLocaleString()} of `}
        {lines.length.toLocaleString()} lines
        {lines.gone > 0 && `, ${lines.gone.toLocaleString()} older ones are not kept`}
        {stateWords(state)}
      </p>
    </PodSubpage>
  );
}

interface ChosenLogsOptions {
  link: PodLink;
  names: string[];
  chosen: ChosenLog;
  round: number;
}

/** The logs of these containers in one, read anew with each round. */
function useChosenLogs({ link, names, chosen, round }: ChosenLogsOptions): Log {
  const epoch = useConnectionEpoch();
  // Several logs are merged by their times.
  const timestamps = chosen.timestamps || names.length > 1;
  const sources = names.map((name) => ({
    name,
    address: logAddress({ link, container: name, ...chosen, timestamps }),
  }));
  return useLog(epoch === 0 ? undefined : sources, { showsTimes: chosen.timestamps, again: String(round) });
}

interface OtherLogsProps {
  names: string[];
  chosen: string[];
  onChange(chosen: string[]): void;
}

/** Chooses other containers of the pod, whose lines come between, in the order of their times. */
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
