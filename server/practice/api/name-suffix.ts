import { randomInt } from 'node:crypto';

/** The letters of generated names: no vowels, and no characters that look alike (k8s.io/apimachinery pkg/util/rand). */
export const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The random end of a generated name. */
export function newSuffix(): string {
  return Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
