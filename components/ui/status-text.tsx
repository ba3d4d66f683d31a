import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, CircleDashed, CircleDot } from 'lucide-react';
import type { Level } from '#lib/pods.ts';

const looks: Record<Level, { icon: typeof CircleDot; colour: string }> = {
  ok: { icon: CircleDot, colour: 'text-ok' },
  pending: { icon: CircleDashed, colour: 'text-pending' },
  problem: { icon: CircleAlert, colour: 'text-problem' },
  done: { icon: CircleCheck, colour: 'text-muted' },
};

/** A status in words, with a shape and a colour for its level. */
export function StatusText({ level, status, className }: { level: Level; status: string; className?: string }) {
  const { icon: Icon, colour } = looks[level];
  return (
    <span className={clsx('inline-flex min-w-0 items-center gap-1.5', colour, className)}>
      <Icon size={14} className="shrink-0" aria-hidden />
      <span className="truncate">{status}</span>
    </span>
  );
}
