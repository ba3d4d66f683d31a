import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProjectManifest, packageManifest } from './package-manifest.ts';
import { compileClosure } from './source-closure.ts';

/** Programs that start by themselves; all else is imported by one of them. */
const entries = ['server/main.ts', 'server/demo.ts', 'server/practice/main.ts', 'server/practice/practice-cluster.ts'];
const documents = ['README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE'];

/** Fills an empty folder with what is released. The pages have been built before. */
export function stagePackage(root: string, folder: string, project: ProjectManifest): void {
  const { modules, packages } = compileClosure(root, entries);
  for (const { source, code } of modules) write(join(folder, source.replace(/\.ts$/, '.js')), code);
  for (const file of assetsOf(root)) copy(join(root, file), join(folder, file));
  for (const file of documents) copy(join(root, file), join(folder, file));
  const command = join(folder, 'bin/ephemera.js');
  copy(join(root, 'scripts/release/ephemera.js'), command);
  chmodSync(command, 0o755);
  // `.sources` tells a clone whether its pages are older than their sources.
  cpSync(join(root, 'out'), join(folder, 'out'), { recursive: true, filter: (path) => !path.endsWith('.sources') });
  write(join(folder, 'package.json'), `${JSON.stringify(packageManifest(project, packages), null, 2)}\n`);
}

/** Everything of the server that is not TypeScript: scripts, the schema, the demo's manifests. */
function assetsOf(root: string): string[] {
  return readdirSync(join(root, 'server'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
