import type { ReactNode } from 'react';
import type { WatchState } from '#lib/watch-state.ts';
import type { PodLink } from '../links/pod-links.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { BackToPod } from './back-to-pod.tsx';

export interface PodSubpageProps {
  link: PodLink;
  title: ReactNode;
  /** What was read and when; only on a page that is as long as its content. */
  status?: ReactNode;
  /** Buttons beside the title; only on a page that is as long as its content. */
  actions?: ReactNode;
  /** How fresh the pod is. */
  state?: WatchState;
  /** Fills the window, so that a part of the page scrolls and not the page. */
  isAsTallAsWindow?: boolean;
  children: ReactNode;
}

/** The frame of a page about a part of a pod: the way back, the title, and a notice where the pod is out of date. */
export function PodSubpage({ link, title, status, actions, state, isAsTallAsWindow, children }: PodSubpageProps) {
  const heading = (
    <>
      <BackToPod link={link} />
      <h1 className="text-lg font-semibold break-all">{title}</h1>
    </>
  );
  return (
    <div
      className={
        isAsTallAsWindow
          ? 'mx-auto flex h-full max-w-7xl flex-col gap-3 p-3 sm:p-4'
          : 'mx-auto max-w-7xl space-y-5 p-3 sm:p-5'
      }
    >
      {isAsTallAsWindow ? (
        <div>{heading}</div>
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-1 basis-64">
            {heading}
            <p className="text-xs text-muted" role="status">
              {status}
            </p>
          </div>
          {actions}
        </div>
      )}
      {state?.kind === 'stale' && <ErrorNotice error={state.error} />}
      {children}
    </div>
  );
}
