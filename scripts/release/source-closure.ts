import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, normalize } from 'node:path';

/** A module as it is released: JavaScript with the line numbers of its source. */
export interface CompiledModule {
  /** Relative to the project, and ending in .ts. */
  source: string;
  code: string;
}

export interface SourceClosure {
  modules: CompiledModule[];
  /** Names of the packages that these modules import. */
  packages: Set<string>;
}

/** Biome writes every import with single quotes; what follows tells it from a word in a comment. */
const specifiers = /\b(?:from\s+|import\s+|import\(\s*|require\()'([@#.\w][\w@#./:-]*)'(?=\s*[;),])/g;
/** A path of TypeScript in a string, which nothing would find after the release. */
const forgottenPath = /^(?!\s*(?:\/\/|\*|\/\*)).*['"`/][\w./-]+\.ts['"`]/m;

/** Every module that runs when one of the entries does, with the types taken out. Tests and unused files stay away. */
export function compileClosure(root: string, entries: string[]): SourceClosure {
  const modules = new Map<string, CompiledModule>();
  const packages = new Set<string>();
  const waiting = [...entries];
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    if (modules.has(source)) continue;
    const stripped = stripTypeScriptTypes(readFileSync(join(root, source), 'utf8'), { mode: 'strip' });
    for (const specifier of importedBy(stripped)) {
      const file = fileOf(specifier, source);
      if (file === undefined) packages.add(packageOf(specifier));
      else if (!existsSync(join(root, file))) throw new Error(`${source} imports ${specifier}, which does not exist.`);
      else if (file.endsWith('.ts')) waiting.push(file);
    }
    modules.set(source, { source, code: withJavaScriptPaths(stripped, source) });
  }
  packages.delete('node');
  return { modules: [...modules.values()].sort((a, b) => (a.source < b.source ? -1 : 1)), packages };
}

export function importedBy(code: string): string[] {
  return [...code.matchAll(specifiers)].map((match) => match[1] ?? '');
}

function withJavaScriptPaths(stripped: string, source: string): string {
  const code = stripped.replace(specifiers, (whole, specifier: string) =>
    specifier.endsWith('.ts') ? whole.replace(/\.ts'$/, ".js'") : whole,
  );
  const forgotten = forgottenPath.exec(code)?.[0];
  if (forgotten === undefined) return code;
  throw new Error(
    `${source} names a file of TypeScript, which the released package does not have: ${forgotten.trim()}\n` +
      'Take the extension from import.meta.filename, as server/demo.ts does.',
  );
}

function fileOf(specifier: string, source: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? normalize(join(dirname(source), specifier)) : undefined;
}

/** `node:fs` is of node, `protobufjs/minimal.js` of protobufjs, `@xterm/headless` of itself. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
