import type { CSSProperties } from 'react';

/** Neighbours differ by 60° or more, so that they stay apart for the common kinds of colour blindness. */
const hues = [288, 195, 80, 15, 145, 335, 240, 110];

/** Background and text colour of a group's letter. The letter is always shown, so colour is never the only sign. */
export function groupStyle(group: string): CSSProperties {
  const index = group.charCodeAt(0) - 65;
  const hue = hues[index % hues.length] ?? 0;
  return {
    background: `oklch(var(--group-l) var(--group-c) ${hue})`,
    color: `oklch(var(--group-text-l) var(--group-text-c) ${hue})`,
  };
}
