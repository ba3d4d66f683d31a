import { randomInt } from 'node:crypto';

/** k8s.io/apimachinery/pkg/util/rand: no vowels and no 0, 1, 3, so that no words and no doubles come out. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;

/** `debugger-` and five characters, as kubectl names them, other than any name in `used`. */
export function newDebuggerName(used: ReadonlySet<string>): string {
  let name: string;
  do {
    const suffix = Array.from({ length: suffixLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
    name = `debugger-${suffix}`;
  } while (used.has(name));
  return name;
}
