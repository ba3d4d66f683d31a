import { useState } from 'react';
import { toExecCommand } from '#lib/debug/kubectl.ts';
import { sandboxColumn } from '#lib/namespaces/observation.ts';
import type { LiveProcess, ProcessDetail } from '#lib/processes/process-detail.ts';
import { foretellSignal, type Signal, signals } from '#lib/processes/signals.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { RequestOf } from '#lib/protocol/requests/all.ts';
import { getConnection } from '../connection/connection.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { toChoices } from '../ui/choice-field.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { ListChoice } from '../ui/list-choice.tsx';
import { ErrorNotice } from '../ui/notice.tsx';

export interface SignalFormProps {
  address: RequestOf<'process:read'>;
  process: LiveProcess;
  detail: ProcessDetail;
  hasEnded: boolean;
}

type Sent = { kind: 'no' } | { kind: 'sent'; signal: Signal } | { kind: 'failed'; error: WireError };

/** Chooses a signal, says what it will do to this process, and sends it. */
export function SignalForm(props: SignalFormProps) {
  if (props.process.container === sandboxColumn)
    return <p className="text-muted">This is the sandbox: without it the whole pod ends, so it is sent nothing.</p>;
  return <SendableSignal {...props} />;
}

function SendableSignal({ address, process, detail, hasEnded }: SignalFormProps) {
  const [signal, setSignal] = useState<Signal>('HUP');
  const [isSure, setSure] = useState(false);
  const [sent, setSent] = useState<Sent>({ kind: 'no' });
  const ownPid = process.innerPids.at(-1) ?? process.pid;
  const effect = foretellSignal(signal, {
    ownPid,
    isInner: process.innerPids.length > 0,
    caught: detail.caughtSignals,
    ignored: detail.ignoredSignals,
  });
  const mayEndContainer = ownPid === 1 && effect.kind !== 'nothing';
  const send = async () => {
    try {
      await getConnection().ask('process:signal', { ...address, signal });
      setSent({ kind: 'sent', signal });
      setSure(false);
    } catch (error) {
      setSent({ kind: 'failed', error: toWireError(error) });
    }
  };
  return (
    <form
      className="space-y-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="flex gap-2">
        <ListChoice
          label="Signal"
          value={signal}
          choices={toChoices(signals)}
          onChange={(chosen) => {
            setSignal(chosen);
            setSent({ kind: 'no' });
          }}
        />
        <Button type="submit" disabled={hasEnded || (mayEndContainer && !isSure)}>
          Send {signal}
        </Button>
      </div>
      <p aria-live="polite">{effect.text}</p>
      {mayEndContainer && (
        <CheckField
          label="It is process 1 of its container: send it all the same"
          hint="If it ends, the container ends with all that runs in it, debuggers that target it too."
          isChecked={isSure}
          onChange={setSure}
        />
      )}
      <CommandLine
        command={toExecCommand(address, ['kill', `-${signal}`, String(process.pid)])}
        label="kubectl command"
      />
      <SentNote sent={sent} signal={signal} />
    </form>
  );
}

function SentNote({ sent, signal }: { sent: Sent; signal: Signal }) {
  if (sent.kind === 'failed') return <ErrorNotice error={sent.error} title={`${signal} was not sent`} />;
  return sent.kind === 'sent' && <p role="status">{sent.signal} was sent. The list shows what came of it.</p>;
}
