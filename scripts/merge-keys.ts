/** What of the schema says how a strategic merge patch merges a list. */
export interface PatchSchema {
  source: string;
  messages: Record<string, { fields: Record<string, { list?: boolean; mergeKey?: string; strategy?: string }> }>;
}

/** The text of lib/merge-keys.ts: the browser merges as well, and must not load the whole schema for it. */
export function toMergeKeysFile({ source, messages }: PatchSchema): string {
  const keys = new Map<string, Set<string>>();
  const values = new Set<string>();
  for (const { fields } of Object.values(messages)) {
    for (const [name, { list, mergeKey, strategy }] of Object.entries(fields)) {
      if (list !== true || !strategy?.split(',').includes('merge')) continue;
      if (mergeKey === undefined) values.add(name);
      else keys.set(name, (keys.get(name) ?? new Set()).add(mergeKey));
    }
  }
  const lines = [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ofName]) => `  ${name}: [${[...ofName].sort().map(quote).join(', ')}],\n`);
  return `// Written by scripts/kubernetes-schema.ts from the patch tags of ${source}. Not to be edited.

/** The lists that are merged by a key, by their field's name. Of several keys, the one that the elements have. */
export const mergeKeys: Readonly<Record<string, readonly string[]>> = {
${lines.join('')}};

/** The lists of plain values that are merged as sets. */
export const mergedValues: ReadonlySet<string> = new Set([${[...values].sort().map(quote).join(', ')}]);
`;
}

function quote(text: string): string {
  return `'${text}'`;
}
