import type { Cure } from '#lib/debug/preflight.ts';

/** The words of the button that applies a cure. */
export function cureLabel({ profile, user, target }: Cure): string {
  const parts = [
    ...(target === undefined ? [] : [`target ${target}`]),
    ...(profile === undefined ? [] : [`use profile ${profile}`]),
    ...(user === undefined ? [] : [`run it as user ${user}`]),
  ];
  const text = parts.join(' and ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
