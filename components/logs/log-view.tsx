import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Fragment, useEffect, useRef } from 'react';
import { type LogColour, toSpans } from '#lib/logs/ansi.ts';
import { findText } from '#lib/logs/find-text.ts';

/** In pixels. A browser draws nothing taller than some 33 million of them, which a million lines stay below. */
const lineHeight = 20;
/** Lines beyond the visible ones, so that a fast scroll shows no gaps. */
const overscan = 20;
const colourClasses: Record<LogColour, string> = {
  problem: 'text-problem',
  ok: 'text-ok',
  pending: 'text-pending',
  accent: 'text-accent',
  muted: 'text-muted',
};

export interface LogViewProps {
  lines: { readonly length: number; at(index: number): string };
  /** Marked where it stands. */
  text: string;
  wraps: boolean;
  /** What is said where there are none. */
  empty?: string;
  /** Where the first look falls; left out: the end, where it stays while there is more. */
  begins?: 'top' | 'end';
}

/** The lines that are looked at, of however many. Stays at the end while it is at the end, unless it begins at the top. */
export function LogView({ lines, text, wraps, empty, begins }: LogViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(begins !== 'top');
  const lastTop = useRef(0);
  const count = lines.length;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan,
  });
  // With each drawing: lines that leave at the top make room for as many at the end.
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  return (
    <div
      ref={scroller}
      role="log"
      // What follows would be read out line by line.
      aria-live="off"
      aria-label="Log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keys as well
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        // That there is more below is no reason to stay: only who scrolls up wants to.
        if (scrollHeight - scrollTop - clientHeight < lineHeight) isAtEnd.current = begins !== 'top';
        else if (scrollTop < lastTop.current) isAtEnd.current = false;
        lastTop.current = scrollTop;
      }}
      className="min-h-0 flex-1 overflow-auto rounded-lg border border-line bg-surface font-mono text-xs leading-5"
    >
      {count === 0 && empty && <p className="px-3 py-2 font-sans text-sm text-muted">{empty}</p>}
      <div className={clsx('relative', !wraps && 'w-max min-w-full')} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => (
          <div
            key={key}
            data-index={index}
            ref={wraps ? virtualizer.measureElement : undefined}
            className={clsx(
              'absolute top-0 left-0 min-h-5 px-3',
              wraps ? 'w-full break-all whitespace-pre-wrap' : 'whitespace-pre',
            )}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Line line={lines.at(index)} text={text} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Line({ line, text }: { line: string; text: string }) {
  return toSpans(line).map(({ text: part, colour, isBold }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the spans of a line never change places
    <span key={index} className={clsx(colour && colourClasses[colour], isBold && 'font-bold')}>
      <Marked part={part} text={text} />
    </span>
  ));
}

function Marked({ part, text }: { part: string; text: string }) {
  const begins = findText(part, text);
  const ends = begins.map((begin) => begin + text.length);
  return (
    <>
      {begins.map((begin, index) => (
        <Fragment key={begin}>
          {part.slice(ends[index - 1] ?? 0, begin)}
          <mark className="rounded-sm bg-pending-soft text-inherit outline outline-pending">
            {part.slice(begin, ends[index])}
          </mark>
        </Fragment>
      ))}
      {part.slice(ends.at(-1) ?? 0)}
    </>
  );
}
