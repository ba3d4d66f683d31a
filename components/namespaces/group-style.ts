import type { CSSProperties } from 'react';

/** Hues that stay apart for the common kinds of colour blindness when neighbours differ in hue by 60° or more. */
const hues = [288, 195, 80, 15, 145, 335, 240, 110];

/** Background and text of a group's letter; the letter itself is always shown too. */
export function groupStyle(group: string): CSSProperties {
  const index = group.charCodeAt(0) - 65;
  const hue = hues[index % hues.length] ?? 0;
  return {
    background: `oklch(var(--group-l) var(--group-c) ${hue})`,
    color: `oklch(var(--group-text-l) var(--group-text-c) ${hue})`,
  };
}
