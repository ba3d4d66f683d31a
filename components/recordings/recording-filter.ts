import type { RecordingSummary } from '#lib/recordings/asciicast.ts';

/** The day and time as the list shows it, in the reader's time zone: 2026-01-31 09:05. */
export function formatTime(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

/** Every word must be in one of the fields; the time can be looked for as it is shown. */
export function matchesRecording(recording: RecordingSummary, text: string): boolean {
  const { context, user, namespace, pod, container, image = '', startedAt } = recording;
  const fields = [context, user, `${namespace}/${pod}`, container, image, formatTime(startedAt)].map((field) =>
    field.toLowerCase(),
  );
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => fields.some((field) => field.includes(word)));
}
