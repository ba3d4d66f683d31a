import { useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { RequestOf } from '#lib/protocol/requests/all.ts';
import { getConnection } from '../connection/connection.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';

export interface EnvironmentViewProps {
  address: RequestOf<'process:environment'>;
  hasEnded: boolean;
}

/** The environment leaves the pod only when the user asks for it, because it may contain passwords. */
export function EnvironmentView({ address, hasEnded }: EnvironmentViewProps) {
  const [variables, setVariables] = useState<string[]>();
  const [error, setError] = useState<WireError>();
  const read = async () => {
    setError(undefined);
    try {
      setVariables(await getConnection().ask('process:environment', address));
    } catch (cause) {
      setError(toWireError(cause));
    }
  };
  if (error) return <ErrorNotice error={error} />;
  if (variables === undefined) {
    return (
      <div className="flex flex-wrap items-center gap-3">
        <Button size="small" disabled={hasEnded} onClick={() => void read()}>
          Show the environment
        </Button>
        <span className="text-xs text-muted">It may hold passwords: mind who looks at this screen.</span>
      </div>
    );
  }
  if (variables.length === 0) return <p className="text-muted">It began with none.</p>;
  return (
    <ul aria-label="Environment" className="font-mono text-xs leading-5">
      {variables.map((text, index) => {
        const [name = '', ...value] = text.split('=');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice
          <li key={index} className="break-all whitespace-pre-wrap">
            <span className="text-muted">{name}=</span>
            {value.join('=')}
          </li>
        );
      })}
    </ul>
  );
}
