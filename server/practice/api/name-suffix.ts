import { randomInt } from 'node:crypto';

/** k8s.io/apiserver pkg/storage/names: no vowels, and nothing that looks alike. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** What is put after a generateName. */
export function newSuffix(): string {
  return Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
