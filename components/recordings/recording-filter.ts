import type { RecordingSummary } from '#lib/recordings/asciicast.ts';

/** Day and time as the list shows them, in the user's time zone: 2026-01-31 09:05. */
export function formatTime(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

/** Whether every word is in one of the fields. The time is matched as it is shown. */
export function matchesRecording(recording: RecordingSummary, text: string): boolean {
  const { context, user, namespace, pod, container, image = '', startedAt } = recording;
  const fields = [context, user, `${namespace}/${pod}`, container, image, formatTime(startedAt)].map((field) =>
    field.toLowerCase(),
  );
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => fields.some((field) => field.includes(word)));
}
