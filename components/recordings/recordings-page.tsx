'use client';

import { Download, Play, Trash2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import { formatDuration } from '#lib/printers/duration.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import type { RecordingSummary } from '#lib/recordings/asciicast.ts';
import { getConnection } from '../connection/connection.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { castHref, replayHref } from '../links/recording-links.ts';
import { useParameter } from '../links/use-parameter.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Centered, Loading } from '../ui/centered.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Section } from '../ui/section.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { formatTime, matchesRecording } from './recording-filter.ts';

/** The recordings on this machine: to find, replay, download and delete. */
export function RecordingsPage() {
  const { value: recordings, error, refresh } = useAnswer('recordings:list', {}, { followsTerminals: true });
  return (
    <div className="mx-auto max-w-6xl space-y-3 p-3 sm:p-4">
      <h1 className="text-lg font-semibold">Recordings</h1>
      {error && <ErrorNotice error={error} />}
      {recordings === undefined && error === undefined && (
        <Centered>
          <Loading />
        </Centered>
      )}
      {recordings?.length === 0 && (
        <Notice
          title="Nothing is recorded"
          next="The round button above a terminal records what it shows from then on; what is typed is never recorded by itself."
        />
      )}
      {recordings !== undefined && recordings.length > 0 && (
        <RecordingList recordings={recordings} onDeleted={refresh} />
      )}
    </div>
  );
}

interface RecordingListProps {
  recordings: RecordingSummary[];
  onDeleted(): void;
}

function RecordingList({ recordings, onDeleted }: RecordingListProps) {
  const [text, setText] = useParameter('filter');
  const [deleting, setDeleting] = useState<RecordingSummary>();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => search.current?.select() });
  const shown = recordings.filter((recording) => matchesRecording(recording, text));
  return (
    <>
      <SearchField
        field={search}
        label="Filter recordings"
        placeholder="Pod, user, image, 2026-01-31   ( / )"
        value={text}
        onChange={setText}
        className="max-w-md"
      />
      <Section title="On this machine" count={shown.length}>
        {shown.length === 0 ? (
          <p className="px-4 py-3 text-sm text-muted">No recording matches the filter.</p>
        ) : (
          <ul className="divide-y divide-line">
            {shown.map((recording) => (
              <RecordingItem key={recording.id} recording={recording} onDelete={() => setDeleting(recording)} />
            ))}
          </ul>
        )}
      </Section>
      {deleting && (
        <ConfirmDialog
          question="Delete this recording?"
          about={`${deleting.namespace}/${deleting.pod}, ${formatTime(deleting.startedAt)}`}
          text="Its file is removed from this machine."
          answer="Delete it"
          onConfirm={() => {
            setDeleting(undefined);
            void deleteRecording(deleting).then(onDeleted);
          }}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  );
}

function RecordingItem({ recording, onDelete }: { recording: RecordingSummary; onDelete(): void }) {
  const { id, namespace, pod, container, context, user, image, startedAt, endedAt, bytes, isRunning } = recording;
  const name = `${pod} ${formatTime(startedAt)}`;
  return (
    <li aria-label={name} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:px-4">
      <div className="min-w-0 flex-1 basis-64">
        {/* A plain link, because the page that replays has its own content policy, which only a full load applies. */}
        <a href={replayHref(id)} className="font-medium break-all underline-offset-2 hover:underline">
          {namespace}/{pod}
        </a>
        <p className="text-xs break-all text-muted">
          {container}
          {image && `, ${image}`}
        </p>
      </div>
      <p className="min-w-0 basis-48 text-xs text-muted">
        <time dateTime={new Date(startedAt).toISOString()} className="text-text tabular-nums">
          {formatTime(startedAt)}
        </time>
        <br />
        {isRunning ? (
          <span className="text-problem">recording now</span>
        ) : (
          `${formatDuration(endedAt - startedAt)}, ${formatBytes(bytes)}`
        )}
      </p>
      <p className="min-w-0 basis-32 text-xs break-all text-muted">
        {user}
        <br />
        {context}
      </p>
      <div className="flex gap-1.5">
        <LinkButton href={replayHref(id)} label={`Replay ${name}`}>
          <Play size={13} aria-hidden /> Replay
        </LinkButton>
        <LinkButton href={castHref(id)} label={`Download ${name}`} download>
          <Download size={13} aria-hidden /> Download
        </LinkButton>
        <Button size="small" aria-label={`Delete ${name}`} disabled={isRunning} onClick={onDelete}>
          <Trash2 size={13} aria-hidden /> Delete
        </Button>
      </div>
    </li>
  );
}

interface LinkButtonProps {
  href: string;
  label: string;
  download?: boolean;
  children: ReactNode;
}

function LinkButton({ href, label, download, children }: LinkButtonProps) {
  return (
    <a href={href} aria-label={label} download={download} className={buttonClass({ size: 'small' })}>
      {children}
    </a>
  );
}

async function deleteRecording({ id }: RecordingSummary): Promise<void> {
  try {
    await getConnection().ask('recording:delete', { recording: id });
  } catch (error) {
    useActionError.getState().show('Could not delete the recording', toWireError(error));
  }
}
