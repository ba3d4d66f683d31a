import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Fragment, useEffect, useRef } from 'react';
import { type LogColour, toSpans } from '#lib/logs/ansi.ts';
import { findText } from '#lib/logs/find-text.ts';

/** In pixels. Browsers draw nothing taller than some 33 million pixels, and a million lines have 20 million. */
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
  /** Text to mark in the lines. */
  text: string;
  wraps: boolean;
  /** Words to show where there are no lines. */
  empty?: string;
  /** The part that is shown first; by default the end, which is then followed. */
  begins?: 'top' | 'end';
}

/** Draws only the visible lines, however many there are. At the end it follows new lines, unless it begins at the top. */
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
  // Runs with each drawing, because the height stays the same when as many lines leave at the top as come at the end.
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  return (
    <div
      ref={scroller}
      role="log"
      // Otherwise a screen reader would read every new line.
      aria-live="off"
      aria-label="Log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        // New lines keep us at the end; only scrolling up stops following.
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
