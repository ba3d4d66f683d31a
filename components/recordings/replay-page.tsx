'use client';

import { create } from 'asciinema-player';
import 'asciinema-player/dist/bundle/asciinema-player.css';
import { Download } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useAnswer } from '../connection/use-answer.ts';
import { castHref } from '../links/recording-links.ts';
import { buttonClass } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Notice } from '../ui/notice.tsx';
import { formatTime } from './recording-filter.ts';

const speeds = [0.5, 1, 2, 4, 8];
/** A pause longer than this is shortened to it: enough to see that there was one. */
const idleSeconds = 1;

/** Replays one recording. */
export function ReplayPage() {
  const id = useSearchParams().get('id');
  const element = useRef<HTMLDivElement>(null);
  /** Where the player was that this one takes the place of, in seconds. */
  const position = useRef(0);
  const [speed, setSpeed] = useState(1);
  const [skipsIdle, setSkipsIdle] = useState(true);
  const [problem, setProblem] = useState<string>();
  const recording = useAnswer('recordings:list', {}, { followsTerminals: true }).value?.find((one) => one.id === id);
  useEffect(() => {
    if (id === null || element.current === null) return;
    // Speed and pauses can't be changed while it plays: another player goes on where this one was.
    const player = create(
      {
        url: castHref(id),
        fetchOpts: { cache: 'no-store' },
      },
      element.current,
      {
        speed,
        startAt: position.current,
        autoPlay: true,
        preload: true,
        fit: 'both',
        controls: true,
        terminalFontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
        ...(skipsIdle ? { idleTimeLimit: idleSeconds } : {}),
        logger: { ...console, error: (...words: unknown[]) => setProblem(words.map(String).join(' ')) },
      },
    );
    return () => {
      position.current = player.getCurrentTime();
      player.dispose();
    };
  }, [id, speed, skipsIdle]);
  if (id === null) return <Notice title="No recording is named in the address" next="Choose one from the list." />;
  return (
    <div className="flex h-full flex-col gap-3 p-3 sm:p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="min-w-0 flex-1 text-lg font-semibold break-all max-sm:basis-full">
          {recording === undefined ? 'Recording' : `${recording.namespace}/${recording.pod}`}
          <span className="block text-xs font-normal text-muted">
            {recording === undefined
              ? id
              : `${recording.container}, ${formatTime(recording.startedAt)}, ${recording.user}`}
          </span>
        </h1>
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
