import { ExternalLink, X } from 'lucide-react';
import { useState } from 'react';
import { toForwardCommand } from '#lib/debug/kubectl.ts';
import { formatEndpoint } from '#lib/network/address.ts';
import type { PortForward } from '#lib/port-forward.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import { useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';
import { Age } from '../ui/age.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { controlClass, Field } from '../ui/field.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { parsePort } from './parse-port.ts';

export interface ForwardSectionProps {
  link: PodLink;
  /** Ports that something listens on, to suggest. */
  ports: number[];
}

/** Opens a port of the pod on this machine, and lists all that are open. */
export function ForwardSection({ link, ports }: ForwardSectionProps) {
  const { context, namespace, pod } = link;
  const { value: forwards = [], error, refresh } = useAnswer('forward:list', {}, { followsTerminals: true });
  const [failure, setFailure] = useState<WireError>();
  const problem = failure ?? error;
  const ask = async (request: Promise<unknown>) => {
    setFailure(undefined);
    await request.catch((cause: unknown) => setFailure(toWireError(cause)));
    refresh();
  };
  return (
    <Section title="Open a port here" count={forwards.length === 0 ? undefined : forwards.length}>
      <ForwardForm
        ports={ports}
        onOpen={(port) => void ask(getConnection().ask('forward:open', { context, namespace, pod, port }))}
      />
      {problem && (
        <div className="px-3 pb-3 sm:px-4">
          <ErrorNotice error={problem} />
        </div>
      )}
      {forwards.length > 0 && (
        <ul aria-label="Open ports" className="divide-y divide-line border-t border-line">
          {forwards.map((forward) => (
            <ForwardItem
              key={forward.id}
              forward={forward}
              onClose={() => void ask(getConnection().ask('forward:close', { forward: forward.id }))}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

interface ForwardFormProps {
  ports: number[];
  onOpen(port: number): void;
}

function ForwardForm({ ports, onOpen }: ForwardFormProps) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? String(ports[0] ?? '');
  const port = parsePort(text);
  return (
    <form
      className="flex flex-wrap items-end gap-3 p-3 sm:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (port !== undefined) onOpen(port);
      }}
    >
      <div className="w-28">
        <Field label="Port of the pod">
          {(ids) => (
            <input
              {...ids}
              value={text}
              list="listening-ports"
              inputMode="numeric"
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value.trim())}
              className={controlClass({ isCode: true })}
            />
          )}
        </Field>
        <datalist id="listening-ports">
          {ports.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </div>
      <Button type="submit" className="mb-1" disabled={port === undefined}>
        Open on this machine
      </Button>
      <p className="min-w-48 flex-1 basis-48 pb-2 text-xs text-muted">
        At an address of the machine that Ephemera runs on, for whoever is on it, until it is closed.
      </p>
    </form>
  );
}

function ForwardItem({ forward, onClose }: { forward: PortForward; onClose(): void }) {
  const { namespace, pod, port, localAddress, localPort, since, served, connections, problem } = forward;
  const address = formatEndpoint(localAddress, localPort);
  return (
    <li className="space-y-2 px-3 py-2.5 text-sm sm:px-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="break-all">
            <span className="font-mono">{address}</span> → {namespace}/{pod}, port {port}
          </p>
          <p className="text-xs text-muted">
            for <Age at={since} />, {served} {served === 1 ? 'connection' : 'connections'}, {connections} open now
          </p>
        </div>
        <div className="flex gap-1.5">
          <a
            href={`http://${address}/`}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonClass({ size: 'small' })}
          >
            <ExternalLink size={13} aria-hidden /> Open
          </a>
          <Button size="small" aria-label={`Close ${address}`} onClick={onClose}>
            <X size={13} aria-hidden /> Close
          </Button>
        </div>
      </div>
      {problem && <p className="text-xs break-words text-problem">The last that failed: {problem}</p>}
      <CommandLine command={toForwardCommand(forward)} label="kubectl command" />
    </li>
  );
}
