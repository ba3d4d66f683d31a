import { type LogRequest, logStream } from '#lib/protocol/requests/log-stream.ts';
import type { PodLink } from './pod-links.ts';

export interface LogChoice {
  /** `tail=LINES`, `since=SECONDS`, or anything else for all. */
  extent: string;
  previous: boolean;
  timestamps: boolean;
  follow: boolean;
}

export interface LogAddress extends LogChoice {
  link: PodLink;
  container: string;
  /** The browser saves it as a file. */
  isDownload?: boolean;
}

/** The address of a container's log as text. */
export function logAddress({ link, container, isDownload = false, ...choice }: LogAddress): string {
  const { extent, previous, timestamps, follow } = choice;
  const [, kind, count] = /^(tail|since)=(\d+)$/.exec(extent) ?? [];
  const request: LogRequest = {
    ...link,
    container,
    ...(kind === undefined || count === undefined ? {} : { [kind]: count }),
    // A container that has ended writes no more.
    ...(follow && !previous ? { follow: 'true' } : {}),
    ...(previous ? { previous: 'true' } : {}),
    ...(timestamps ? { timestamps: 'true' } : {}),
    ...(isDownload ? { download: 'true' } : {}),
  };
  return `${logStream.path}?${new URLSearchParams(request as Record<string, string>)}`;
}
