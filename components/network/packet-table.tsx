import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { HeadCell } from '../ui/head-cell.tsx';
import type { ShownPacket } from './use-capture.ts';

/** In pixels. */
const rowHeight = 24;
/** Rows beyond the visible ones, so that a fast scroll shows no gaps. */
const overscan = 20;

/** Draws only the visible packets, however many there are. At the end, the table follows new packets. */
export function PacketTable({ packets }: { packets: readonly ShownPacket[] }) {
  const scroller = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  const virtualizer = useVirtualizer({
    count: packets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  return (
    <section
      ref={scroller}
      aria-label="Packets"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < rowHeight;
      }}
      className="max-h-96 overflow-auto border-t border-line text-xs"
    >
      <table className="w-full min-w-[52rem] table-fixed border-collapse text-left" aria-rowcount={packets.length + 1}>
        <thead className="sticky top-0 z-[1] bg-surface text-muted">
          <tr>
            <HeadCell className="w-24">Time</HeadCell>
            <HeadCell className="w-1/5">From</HeadCell>
            <HeadCell className="w-1/5">To</HeadCell>
            <HeadCell className="w-20">What</HeadCell>
            <HeadCell className="w-20">Bytes</HeadCell>
            <HeadCell>About</HeadCell>
          </tr>
        </thead>
        <tbody className="font-mono">
          {above > 0 && <Space height={above} />}
          {items.map(({ index, key }) => {
            const packet = packets[index];
            return packet && <PacketRow key={key} index={index} packet={packet} />;
          })}
          {below > 0 && <Space height={below} />}
        </tbody>
      </table>
    </section>
  );
}

/** Takes the place of rows that are not visible. */
function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={6} style={{ height }} />
    </tr>
  );
}

function PacketRow({ index, packet }: { index: number; packet: ShownPacket }) {
  const { at, source, destination, protocol, length, info } = packet;
  const cells = [at.toFixed(4), source, destination, protocol, String(length), info];
  return (
    <tr aria-rowindex={index + 2} className="border-t border-line" style={{ height: rowHeight }}>
      {cells.map((text, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
        <td key={column} title={text} className="truncate px-2 first:pl-3 first:text-muted sm:first:pl-4">
          {text}
        </td>
      ))}
    </tr>
  );
}
