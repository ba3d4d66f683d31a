import { useState } from 'react';
import { toExecCommand } from '#lib/debug/kubectl.ts';
import {
  hostPattern,
  type NetworkTestKind,
  type NetworkTestResult,
  urlPathPattern,
} from '#lib/network/connectivity.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import type { PodLink } from '../shell/url-state.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, toChoices } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { StatusText } from '../ui/level-dot.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Section } from '../ui/section.tsx';

const kinds: { value: NetworkTestKind; label: string }[] = [
  { value: 'http', label: 'HTTP GET' },
  { value: 'connect', label: 'TCP connect' },
  { value: 'lookup', label: 'Look a name up' },
  { value: 'ping', label: 'Ping' },
];

type Outcome =
  | { kind: 'none' }
  | { kind: 'trying' }
  | { kind: 'done'; result: NetworkTestResult; container: string }
  | { kind: 'failed'; error: WireError };

export interface NetworkTesterProps {
  link: PodLink;
  /** Those that run. */
  containers: string[];
  /** The one that most likely has the programs. */
  suggested: string | undefined;
}

/** Tries from inside the pod whether something can be reached. */
export function NetworkTester({ link, containers, suggested }: NetworkTesterProps) {
  const [kind, setKind] = useState<NetworkTestKind>('http');
  const [host, setHost] = useState('localhost');
  const [port, setPort] = useState('80');
  const [path, setPath] = useState('/');
  const [chosen, setChosen] = useState('');
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const container = containers.includes(chosen) ? chosen : (suggested ?? containers[0] ?? '');
  const hasPort = kind === 'connect' || kind === 'http';
  const isValid =
    container !== '' &&
    hostPattern.test(host) &&
    (!hasPort || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) &&
    (kind !== 'http' || urlPathPattern.test(path));
  const run = async () => {
    setOutcome({ kind: 'trying' });
    try {
      const { context, namespace, pod: name } = link;
      const result = await getConnection().ask('network:test', {
        ...{ context, namespace, pod: name, container, kind, host },
        ...(hasPort ? { port: Number(port) } : {}),
        ...(kind === 'http' ? { path } : {}),
      });
      setOutcome({ kind: 'done', result, container });
    } catch (error) {
      setOutcome({ kind: 'failed', error: toWireError(error) });
    }
  };
  return (
    <Section title="Try from inside">
      <form
        className="flex flex-wrap items-end gap-3 p-3 sm:px-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) void run();
        }}
      >
        <ChoiceField<NetworkTestKind>
          label="What"
          className="basis-36"
          value={kind}
          choices={kinds}
          onChange={setKind}
        />
        <div className="min-w-36 flex-1 basis-40">
          <CodeField label="Host" value={host} onChange={(value) => setHost(value.trim())} />
        </div>
        {hasPort && (
          <div className="w-20">
            <CodeField label="Port" value={port} onChange={(value) => setPort(value.trim())} />
          </div>
        )}
        {kind === 'http' && (
          <div className="min-w-28 flex-1 basis-28">
            <CodeField label="Path" value={path} onChange={(value) => setPath(value.trim())} />
          </div>
        )}
        <ChoiceField
          label="From"
          className="basis-44"
          value={container}
          choices={toChoices(containers)}
          onChange={setChosen}
        />
        <Button type="submit" variant="primary" className="mb-1" disabled={!isValid || outcome.kind === 'trying'}>
          {outcome.kind === 'trying' ? 'Trying…' : 'Try'}
        </Button>
      </form>
      <div aria-live="polite">
        {outcome.kind === 'failed' && (
          <div className="px-3 pb-3 sm:px-4">
            <ErrorNotice error={outcome.error} />
          </div>
        )}
        {outcome.kind === 'done' && <Result link={link} container={outcome.container} result={outcome.result} />}
      </div>
    </Section>
  );
}

interface ResultProps {
  link: PodLink;
  container: string;
  result: NetworkTestResult;
}

function Result({ link, container, result: { ok, command, durationMs, output, meaning } }: ResultProps) {
  return (
    <div className="space-y-2 border-t border-line p-3 text-sm sm:px-4">
      <p className="flex flex-wrap items-center gap-x-3">
        <StatusText level={ok ? 'ok' : 'problem'} status={meaning} />
        <span className="text-xs text-muted tabular-nums">{durationMs < 10 ? 'under 10 ms' : `${durationMs} ms`}</span>
      </p>
      {output !== '' && (
        <ScrollRegion
          label="What it printed"
          className="max-h-64 overflow-auto rounded-md border border-line bg-raised p-2"
        >
          <pre className="font-mono text-xs leading-5 whitespace-pre-wrap">{output}</pre>
        </ScrollRegion>
      )}
      <CommandLine command={`${toExecCommand({ ...link, container }, [])} ${command}`} label="kubectl command" />
    </div>
  );
}
