import { useState } from 'react';
import { hostPattern, type NetworkTestKind, urlPathPattern } from '#lib/network/connectivity.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, toChoices } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { parsePort } from './parse-port.ts';

const kinds: { value: NetworkTestKind; label: string }[] = [
  { value: 'http', label: 'HTTP GET' },
  { value: 'connect', label: 'TCP connect' },
  { value: 'lookup', label: 'Look a name up' },
  { value: 'ping', label: 'Ping' },
];

export interface NetworkTestChoice {
  container: string;
  kind: NetworkTestKind;
  host: string;
  port?: number;
  path?: string;
}

export interface NetworkTestFormProps {
  containers: string[];
  suggested: string | undefined;
  isTrying: boolean;
  onTry(choice: NetworkTestChoice): void;
}

interface FormState {
  kind: NetworkTestKind;
  host: string;
  port: string;
  path: string;
  container: string;
}

const begin: FormState = { kind: 'http', host: 'localhost', port: '80', path: '/', container: '' };

/** What to try, and from which container. */
export function NetworkTestForm({ containers, suggested, isTrying, onTry }: NetworkTestFormProps) {
  const [form, setForm] = useState(begin);
  const change = (changed: Partial<FormState>) => setForm((before) => ({ ...before, ...changed }));
  const { kind, host } = form;
  const container = containers.includes(form.container) ? form.container : (suggested ?? containers[0] ?? '');
  const hasPort = kind === 'connect' || kind === 'http';
  const choice = toChoice({ ...form, container });
  return (
    <form
      className="flex flex-wrap items-end gap-3 p-3 sm:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (choice !== undefined) onTry(choice);
      }}
    >
      <ChoiceField<NetworkTestKind>
        label="What"
        className="basis-36"
        value={kind}
        choices={kinds}
        onChange={(value) => change({ kind: value })}
      />
      <div className="min-w-36 flex-1 basis-40">
        <CodeField label="Host" value={host} onChange={(value) => change({ host: value.trim() })} />
      </div>
      {hasPort && (
        <div className="w-20">
          <CodeField label="Port" value={form.port} onChange={(value) => change({ port: value.trim() })} />
        </div>
      )}
      {kind === 'http' && (
        <div className="min-w-28 flex-1 basis-28">
          <CodeField label="Path" value={form.path} onChange={(value) => change({ path: value.trim() })} />
        </div>
      )}
      <ChoiceField
        label="From"
        className="basis-44"
        value={container}
        choices={toChoices(containers)}
        onChange={(value) => change({ container: value })}
      />
      <Button type="submit" variant="primary" className="mb-1" disabled={choice === undefined || isTrying}>
        {isTrying ? 'Trying…' : 'Try'}
      </Button>
    </form>
  );
}

/** Undefined while a field that counts for the kind is wrong. */
function toChoice({ container, kind, host, port, path }: FormState): NetworkTestChoice | undefined {
  if (container === '' || !hostPattern.test(host)) return undefined;
  if (kind !== 'connect' && kind !== 'http') return { container, kind, host };
  const number = parsePort(port);
  if (number === undefined) return undefined;
  if (kind === 'connect') return { container, kind, host, port: number };
  return urlPathPattern.test(path) ? { container, kind, host, port: number, path } : undefined;
}
