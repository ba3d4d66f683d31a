import { useState } from 'react';
import { toExecCommand } from '#lib/debug/kubectl.ts';
import type { NetworkTestResult } from '#lib/network/connectivity.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { RequestOf } from '#lib/protocol/requests/all.ts';
import { getConnection } from '../connection/connection.ts';
import type { PodLink } from '../links/pod-links.ts';
import { CommandLine } from '../ui/copy-button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Section } from '../ui/section.tsx';
import { StatusText } from '../ui/status-text.tsx';
import { type NetworkTestChoice, NetworkTestForm } from './network-test-form.tsx';

type Outcome =
  | { kind: 'none' }
  | { kind: 'trying' }
  | { kind: 'done'; result: NetworkTestResult; container: string }
  | { kind: 'failed'; error: WireError };

export interface NetworkTesterProps {
  link: PodLink;
  /** Names of the containers that run. */
  containers: string[];
  /** The container that most likely has the programs. */
  suggested: string | undefined;
}

/** Tries from inside the pod whether something can be reached. */
export function NetworkTester({ link, containers, suggested }: NetworkTesterProps) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const run = async (choice: NetworkTestChoice) => {
    setOutcome({ kind: 'trying' });
    try {
      const { context, namespace, pod } = link;
      const request: RequestOf<'network:test'> = { context, namespace, pod, ...choice };
      const result = await getConnection().ask('network:test', request);
      setOutcome({ kind: 'done', result, container: choice.container });
    } catch (error) {
      setOutcome({ kind: 'failed', error: toWireError(error) });
    }
  };
  return (
    <Section title="Try from inside">
      <NetworkTestForm
        containers={containers}
        suggested={suggested}
        isTrying={outcome.kind === 'trying'}
        onTry={(choice) => void run(choice)}
      />
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
