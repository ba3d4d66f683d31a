import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

/** `type`: the compiler removes it. `import { type A }` is a value, because `verbatimModuleSyntax` keeps the import. */
export type Kind = 'value' | 'type';

/** What a specifier means, written as the table writes it: `#lib/json.ts` for a file of ours, else `node:fs` or `zod`. */
export function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return `#${posix.normalize(specifier.slice(1))}`;
  if (specifier.startsWith('.')) return `#${posix.join(posix.dirname(file), specifier)}`;
  return isBuiltin(specifier) && !specifier.startsWith('node:') ? `node:${specifier}` : specifier;
}

/** Whether a target is an entry of the table or lies below it. */
export function matches(entry: string, target: string): boolean {
  return target === entry || target.startsWith(entry.endsWith(':') ? entry : `${entry}/`);
}
