/** The address of a recording's asciicast file. */
export function castHref(id: string): string {
  return `/recordings/${encodeURIComponent(id)}.cast`;
}

/** The page that replays a recording. */
export function replayHref(id: string): string {
  return `/recording?${new URLSearchParams({ id })}`;
}
