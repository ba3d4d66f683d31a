import { clsx } from 'clsx';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WireError } from '#lib/protocol/errors.ts';
import { CopyButton } from './copy-button.tsx';

type Tone = 'problem' | 'pending' | 'plain';

const tones: Record<Tone, { box: string; icon: string }> = {
  problem: { box: 'border-problem/35 bg-problem-soft', icon: 'text-problem' },
  pending: { box: 'border-pending/35 bg-pending-soft', icon: 'text-pending' },
  plain: { box: 'border-line bg-surface', icon: 'text-muted' },
};
const icons = { problem: CircleAlert, pending: TriangleAlert, plain: Info };

export interface NoticeProps {
  tone?: Tone;
  title: string;
  message?: string | undefined;
  /** What to do. */
  next?: string | undefined;
  /** A Role in YAML to ask for. */
  role?: string | undefined;
  /** Makes `next` a link. */
  href?: string;
  children?: ReactNode;
}

/** What happened, why, and what to do: the shape of every message. */
export function Notice({ tone = 'plain', title, message, next, role, href, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div
      role={tone === 'problem' ? 'alert' : 'status'}
      className={clsx('flex gap-3 rounded-lg border p-3 text-sm', tones[tone].box)}
    >
      <Icon size={18} className={clsx('mt-0.5 shrink-0', tones[tone].icon)} aria-hidden />
      <div className="min-w-0 flex-1 space-y-1">
        <p className="font-medium break-words">{title}</p>
        {message && <p className="break-words whitespace-pre-wrap">{message}</p>}
        {next && (
          <p className="text-muted">
            {href ? (
              <a className="underline" href={href}>
                {next}
              </a>
            ) : (
              next
            )}
          </p>
        )}
        {role && (
          <div className="relative mt-2 rounded-md border border-line bg-surface">
            <pre className="overflow-x-auto p-2 pr-10">{role}</pre>
            <div className="absolute top-1 right-1">
              <CopyButton text={role} label="Copy the Role" />
            </div>
          </div>
        )}
        {children && <div className="flex flex-wrap gap-2 pt-1.5">{children}</div>}
      </div>
    </div>
  );
}

export function ErrorNotice({ error, title, children }: { error: WireError; title?: string; children?: ReactNode }) {
  const [shownTitle, message] = title === undefined ? [error.message, undefined] : [title, error.message];
  return (
    <Notice tone="problem" title={shownTitle} message={message} next={error.next} role={error.role}>
      {children}
    </Notice>
  );
}
