import { randomInt } from 'node:crypto';

/** k8s.io/apimachinery/pkg/util/rand: no vowels and no 0, 1, 3, so that no words and no doubles come out. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;

/** `debugger-` and five characters, as kubectl names them, other than any name in `used`. */
export function newDebuggerName(used: ReadonlySet<string>): string {
  let name: string;
  do name = `debugger-${newSuffix()}`;
  while (used.has(name));
  return name;
}

/** The name of a pod on a node, as kubectl makes it. */
export function newNodeDebuggerName(node: string): string {
  return `node-debugger-${node}-${newSuffix()}`;
}

function newSuffix(): string {
  return Array.from({ length: suffixLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
