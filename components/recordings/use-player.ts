import { create } from 'asciinema-player';
import 'asciinema-player/dist/bundle/asciinema-player.css';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { castHref } from '../links/recording-links.ts';

/** A longer pause is shortened to this: enough to see that there was one. */
const idleSeconds = 1;

export interface PlayerOptions {
  /** The recording; null: there is none to play. */
  id: string | null;
  speed: number;
  skipsIdle: boolean;
}

export interface Player {
  /** The element that the player draws into. */
  element: RefObject<HTMLDivElement | null>;
  /** Why the recording can't be played. */
  problem: string | undefined;
}

/** Plays a recording for as long as the component lives. */
export function usePlayer({ id, speed, skipsIdle }: PlayerOptions): Player {
  const element = useRef<HTMLDivElement>(null);
  /** Where the player before this one stopped, in seconds. */
  const position = useRef(0);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (id === null || element.current === null) return;
    // Speed and pauses can't be changed while it plays, so another player goes on where this one was.
    const player = create({ url: castHref(id), fetchOpts: { cache: 'no-store' } }, element.current, {
      speed,
      startAt: position.current,
      autoPlay: true,
      preload: true,
      fit: 'both',
      controls: true,
      terminalFontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
      ...(skipsIdle ? { idleTimeLimit: idleSeconds } : {}),
      logger: { ...console, error: (...words: unknown[]) => setProblem(words.map(String).join(' ')) },
    });
    return () => {
      position.current = player.getCurrentTime();
      player.dispose();
    };
  }, [id, speed, skipsIdle]);
  return { element, problem };
}
