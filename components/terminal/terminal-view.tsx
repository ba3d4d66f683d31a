'use client';

import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalAudience } from '#lib/terminal/audience.ts';
import type { RedrawReason } from '#lib/terminal/screen.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { isTerminalAnswer } from '#lib/terminal/terminal-answer.ts';
import { TerminalFeed } from '#lib/terminal/terminal-feed.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { AudienceBar } from './audience-bar.tsx';
import { LinkDialog, PasteDialog } from './dialogs.ts';
import { InputQueue } from './input-queue.ts';
import { RecordingProblem } from './recording-words.tsx';
import { Screen } from './screen.ts';
import { useTerminalSettings } from './terminal-settings.ts';
import { useTerminalStore, watchTokenFor } from './terminal-store.ts';

export interface TerminalHandle {
  focus(): void;
  find(text: string, direction: 'next' | 'previous'): Promise<boolean>;
  selection(): string;
  paste(text: string): void;
}

export interface TerminalViewProps {
  summary: TerminalSummary;
  isVisible: boolean;
  handle: React.Ref<TerminalHandle>;
  onLeave(): void;
  onSearch(): void;
}

function explainRedraw(why: RedrawReason): string {
  return why.kind === 'skipped'
    ? `${formatBytes(why.bytes)} of output are no longer kept`
    : 'Ephemera’s server started again; this is from the container’s log';
}

/** One terminal's screen, alive as long as its tab is. */
export function TerminalView({ summary, isVisible, handle, onLeave, onSearch }: TerminalViewProps) {
  const { session } = summary;
  const element = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen>(null);
  const feed = useRef<TerminalFeed>(null);
  const callbacks = useRef({ onLeave, onSearch });
  callbacks.current = { onLeave, onSearch };
  const [link, setLink] = useState<string>();
  const [lost, setLost] = useState<AppError>();
  const [pending, setPending] = useState(0);
  const [audience, setAudience] = useState<TerminalAudience>();
  const isReadOnly = useTerminalStore((store) => store.watched === session);
  const isWatching = isReadOnly || (audience?.driver !== undefined && audience.driver !== audience.you);
  const watching = useRef(isWatching);
  watching.current = isWatching;
  const [pasted, setPasted] = useState<string>();
  const settings = useTerminalSettings();
  const wantsFocus = useTerminalStore((store) => store.wantsFocus);
  const epoch = useConnectionEpoch();

  // biome-ignore lint/correctness/useExhaustiveDependencies: options that change later have effects of their own
  useEffect(() => {
    if (element.current === null) return;
    const connection = getConnection();
    const input = new InputQueue({
      send: (bytes) => connection.ask('terminal:input', { session, bytes }),
      canSend: () => connection.state === 'connected',
      onLost: (error) => setLost(error instanceof AppError ? error : new AppError('internal', 'It failed.')),
      onPending: setPending,
    });
    const stopResuming = connection.onChange(() => input.resume());
    const view = new Screen(element.current, {
      settings,
      label: `Terminal of ${summary.container}`,
      onInput(bytes) {
        // What an old question in the replayed output makes the terminal say (it begins with ESC) is meant for nobody now.
        if (feed.current?.isReplaying && bytes[0] === 0x1b) return;
        // Who watches doesn't answer what programs ask: the driver's terminal does.
        if (watching.current && isTerminalAnswer(bytes)) return;
        setLost(undefined);
        input.push(bytes);
      },
      onResize(columns, rows) {
        useTerminalStore.getState().set({ size: { columns, rows } });
        connection.ask('terminal:resize', { session, columns, rows }).catch(() => {
          // Told anew with the next connection.
        });
      },
      onLink: setLink,
      onRiskyPaste: setPasted,
      onLeave: () => callbacks.current.onLeave(),
      onSearch: () => callbacks.current.onSearch(),
    });
    screen.current = view;
    const stopHearing = connection.listen('terminal:audience', (fact) => fact.session === session && setAudience(fact));
    feed.current = new TerminalFeed({
      connection,
      session,
      sink: {
        draw: (bytes, done) => view.draw(bytes, done),
        redraw: (bytes, why, done) => view.redraw(bytes, explainRedraw(why), done),
      },
      watchToken: watchTokenFor(session),
    });
    return () => {
      stopResuming();
      stopHearing();
      input.close();
      feed.current?.close();
      view.dispose();
    };
  }, [session]);

  useEffect(() => {
    if (epoch === 0) return;
    feed.current?.open().catch(() => {
      // Closed meanwhile, or the connection broke again: the list of terminals tells the one, a new epoch the other.
    });
    const size = screen.current?.size;
    if (size)
      getConnection()
        .ask('terminal:resize', { session, ...size })
        .catch(() => {});
  }, [session, epoch]);

  const followedSize = isWatching ? JSON.stringify(audience?.size) : undefined;
  useEffect(() => {
    const view = screen.current;
    if (view === null) return;
    view.follow(followedSize === undefined ? undefined : (JSON.parse(followedSize) as TerminalAudience['size']));
    // The keyboard came, or all went: the size is this window's now.
    if (followedSize === undefined)
      getConnection()
        .ask('terminal:resize', { session, ...view.size })
        .catch(() => {});
  }, [session, followedSize]);
  useEffect(() => screen.current?.apply(settings), [settings]);
  useEffect(() => {
    screen.current?.show(isVisible);
  }, [isVisible]);
  useEffect(() => {
    if (!isVisible || !wantsFocus) return;
    screen.current?.focus();
    useTerminalStore.getState().set({ wantsFocus: false });
  }, [isVisible, wantsFocus]);
  useImperativeHandle(handle, () => ({
    focus: () => screen.current?.focus(),
    find: async (text, direction) => (await screen.current?.find(text, direction)) ?? false,
    selection: () => screen.current?.selection ?? '',
    paste: (text) => screen.current?.askAndPaste(text),
  }));

  return (
    <div
      className="absolute inset-0 flex flex-col bg-terminal"
      hidden={!isVisible}
      style={isVisible ? undefined : { display: 'none' }}
    >
      {audience && <AudienceBar session={session} audience={audience} />}
      <RecordingProblem session={session} recording={summary.recording} />
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
      <section
        aria-label={`Terminal of ${summary.container}`}
        data-front-terminal={isVisible}
        className="min-h-0 flex-1 py-1 pl-2"
      >
        <div ref={element} className="h-full w-full contain-strict" />
      </section>
      {pasted !== undefined && (
        <PasteDialog
          text={pasted}
          onPaste={() => {
            screen.current?.paste(pasted);
            setPasted(undefined);
          }}
          onClose={() => setPasted(undefined)}
        />
      )}
      {link && <LinkDialog address={link} onClose={() => setLink(undefined)} />}
    </div>
  );
}
