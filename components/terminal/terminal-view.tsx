'use client';

import type { TerminalAudience } from '#lib/terminal/audience.ts';
import { AudienceBar, LinkDialog, PasteDialog } from './lazy-parts.ts';
import { RecordingProblem } from './recording-status.tsx';
import type { PaneNotes } from './terminal-pane.ts';
import { type UseTerminalPaneOptions, useTerminalPane } from './use-terminal-pane.ts';

/** One terminal's screen. It lives as long as its tab, also while another tab is in front. */
export function TerminalView(options: UseTerminalPaneOptions) {
  const { summary, isVisible } = options;
  const { session, container, recording } = summary;
  const { element, pane, notes, changeNotes } = useTerminalPane(options);
  const { audience, pasted, link } = notes;
  return (
    <div
      className="absolute inset-0 flex flex-col bg-terminal"
      hidden={!isVisible}
      style={isVisible ? undefined : { display: 'none' }}
    >
      {audience && isShared(audience) && <AudienceBar session={session} audience={audience} />}
      <RecordingProblem session={session} recording={recording} />
      <InputNotes {...notes} />
      <section
        aria-label={`Terminal of ${container}`}
        data-front-terminal={isVisible}
        className="min-h-0 flex-1 py-1 pl-2"
      >
        <div ref={element} className="h-full w-full contain-strict" />
      </section>
      {pasted !== undefined && (
        <PasteDialog
          text={pasted}
          onPaste={() => {
            pane.current?.paste(pasted);
            changeNotes({ pasted: undefined });
          }}
          onClose={() => changeNotes({ pasted: undefined })}
        />
      )}
      {link && <LinkDialog address={link} onClose={() => changeNotes({ link: undefined })} />}
    </div>
  );
}

/** Says which input was not sent, or is not sent yet. */
function InputNotes({ lost, pending }: Pick<PaneNotes, 'lost' | 'pending'>) {
  return (
    <>
      {lost && (
        <p role="alert" className="bg-problem-soft px-3 py-1 text-xs">
          Not sent: {lost.message} {lost.next}
        </p>
      )}
      {pending > 0 && (
        <p role="status" className="bg-pending-soft px-3 py-1 text-xs">
          {pending === 1 ? '1 character waits' : `${pending.toLocaleString()} characters wait`} for the connection.
        </p>
      )}
    </>
  );
}

/** Another page looks at the terminal, or this one may only watch it. */
function isShared({ viewers }: TerminalAudience): boolean {
  return viewers.length > 1 || viewers.some(({ readOnly }) => readOnly);
}
