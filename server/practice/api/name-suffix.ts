import { randomInt } from 'node:crypto';

/** Of names that Kubernetes makes up: no vowels, and nothing that looks alike (k8s.io/apimachinery pkg/util/rand). */
export const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** What is put after a generateName. */
export function newSuffix(): string {
  return Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
