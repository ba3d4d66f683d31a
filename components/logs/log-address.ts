import { type LogRequest, logStream } from '#lib/protocol/requests/log-stream.ts';
import type { PodLink } from '../shell/url-state.ts';

export interface LogChoice {
  /** `tail=LINES`, `since=SECONDS`, or anything else for all. */
  extent: string;
  previous: boolean;
  timestamps: boolean;
  follow: boolean;
}

/** Where a container's log is to be had as text. */
export function logAddress(
  link: PodLink,
  container: string,
  { extent, previous, timestamps, follow }: LogChoice,
  { isDownload = false } = {},
): string {
  const [, kind, count] = /^(tail|since)=(\d+)$/.exec(extent) ?? [];
  const request: LogRequest = {
    ...link,
    container,
    ...(kind === undefined || count === undefined ? {} : { [kind]: count }),
    // What has ended can't be followed.
    ...(follow && !previous ? { follow: 'true' } : {}),
    ...(previous ? { previous: 'true' } : {}),
    ...(timestamps ? { timestamps: 'true' } : {}),
    ...(isDownload ? { download: 'true' } : {}),
  };
  return `${logStream.path}?${new URLSearchParams(request as Record<string, string>)}`;
}
