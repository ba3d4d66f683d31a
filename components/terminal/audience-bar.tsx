'use client';

import { useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { TerminalAudience } from '#lib/terminal/audience.ts';
import { getConnection } from '../connection/connection.ts';
import { Button } from '../ui/button.tsx';

/** Shows the other pages on this terminal and which of them has the keyboard. */
export function AudienceBar({ session, audience }: { session: string; audience: TerminalAudience }) {
  const { you, driver, viewers, asking } = audience;
  const [error, setError] = useState<WireError>();
  const isReadOnly = viewers.some(({ id, readOnly }) => id === you && readOnly);
  const nameOf = (id: string | undefined) => viewers.find((viewer) => viewer.id === id)?.name ?? 'Nobody';
  const run = (asked: Promise<unknown>) =>
    asked.then(
      () => setError(undefined),
      (cause: unknown) => setError(toWireError(cause)),
    );
  const ask = () => run(getConnection().ask('terminal:ask', { session }));
  const hand = (to?: string) => run(getConnection().ask('terminal:hand', { session, to }));
  const hasAsked = asking.includes(you);
  return (
    <div
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1 text-xs"
      role="status"
    >
      <span className="min-w-0 flex-1">
        {viewers.length > 1 && `${viewers.length} pages look at this terminal; this is ${nameOf(you)}. `}
        {describeKeyboard({ isReadOnly, isDriver: driver === you, driver: nameOf(driver) })}
        {error && <span className="text-problem"> {error.message}</span>}
      </span>
      {driver === you &&
        asking.map((id) => (
          <span key={id} className="flex items-center gap-2">
            <span className="font-medium">{nameOf(id)} asks for it.</span>
            <Button size="small" onClick={() => void hand(id)}>
              Hand it over
            </Button>
            <Button size="small" onClick={() => void hand()}>
              Keep it
            </Button>
          </span>
        ))}
      {driver !== you && !isReadOnly && (
        <Button size="small" disabled={hasAsked} onClick={() => void ask()}>
          {hasAsked ? 'Asked' : 'Ask for the keyboard'}
        </Button>
      )}
    </div>
  );
}

function describeKeyboard({
  isReadOnly,
  isDriver,
  driver,
}: {
  isReadOnly: boolean;
  isDriver: boolean;
  driver: string;
}) {
  if (isDriver) return 'You have the keyboard.';
  const whose = `${driver} has the keyboard`;
  return isReadOnly ? `${whose}; this page only watches.` : `${whose}; type when it rests.`;
}
