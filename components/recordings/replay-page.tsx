'use client';

import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useAnswer } from '../connection/use-answer.ts';
import { castHref } from '../links/recording-links.ts';
import { buttonClass } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Notice } from '../ui/notice.tsx';
import { formatTime } from './recording-filter.ts';
import { usePlayer } from './use-player.ts';

const speeds = [0.5, 1, 2, 4, 8];

/** Replays one recording. */
export function ReplayPage() {
  const id = useSearchParams().get('id');
  const [speed, setSpeed] = useState(1);
  const [skipsIdle, setSkipsIdle] = useState(true);
  const { element, problem } = usePlayer({ id, speed, skipsIdle });
  if (id === null) return <Notice title="No recording is named in the address" next="Choose one from the list." />;
  return (
    <div className="flex h-full flex-col gap-3 p-3 sm:p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <RecordingTitle id={id} />
        <label className="flex items-center gap-2 text-sm">
          Speed
          <select
            value={speed}
            onChange={(event) => setSpeed(Number(event.target.value))}
            className="h-8 rounded-md border border-line bg-surface px-2"
          >
            {speeds.map((one) => (
              <option key={one} value={one}>
                {one}×
              </option>
            ))}
          </select>
        </label>
        <CheckField label="Skip pauses" isChecked={skipsIdle} onChange={setSkipsIdle} />
        <a href={castHref(id)} download className={buttonClass()}>
          <Download size={14} aria-hidden /> Download
        </a>
      </div>
      {problem && <Notice tone="problem" title="It can’t be replayed" message={problem} />}
      <div ref={element} className="min-h-0 flex-1" />
    </div>
  );
}

function RecordingTitle({ id }: { id: string }) {
  const recordings = useAnswer('recordings:list', {}, { followsTerminals: true }).value;
  const recording = recordings?.find((one) => one.id === id);
  return (
    <h1 className="min-w-0 flex-1 text-lg font-semibold break-all max-sm:basis-full">
      {recording === undefined ? 'Recording' : `${recording.namespace}/${recording.pod}`}
      <span className="block text-xs font-normal text-muted">
        {recording === undefined ? id : `${recording.container}, ${formatTime(recording.startedAt)}, ${recording.user}`}
      </span>
    </h1>
  );
}
