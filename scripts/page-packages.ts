import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What is exported by the build: these folders, in which lib is shared with the server. */
const folders = ['app', 'components', 'lib'];
/** React's runtime comes with every page, imported by Next and not by us. */
const always = ['next', 'react-dom'];
/** Next is the build tool: of its dependencies only these helpers are in what it builds. */
const onlyHelpers = new Map([['next', ['@swc/helpers']]]);
/** Dependencies that a browser never gets: two replaced by its own WebSocket and XMLHttpRequest, and one of types alone. */
const notInPages = new Set(['ws', 'xmlhttprequest-ssl', 'csstype']);

const manifest = z.object({
  name: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});
const imports = /^(?:import(?! type\b)[^'"]*|\} from |@import |.*\bimport\()['"]([^'"]+)['"]/gm;

/** The licence of each package that is in the exported pages, as its package.json names it. */
export function pagePackages(root: string): Map<string, string> {
  const licences = new Map<string, string>();
  const waiting = [...always, ...importedByPages(root)].map((name) => ({ name, from: root }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const file = findManifest(next.name, next.from);
    const { name, license, dependencies } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (licences.has(name)) continue;
    licences.set(name, license);
    const needed = onlyHelpers.get(name) ?? Object.keys(dependencies).filter((each) => !notInPages.has(each));
    waiting.push(...needed.map((each) => ({ name: each, from: dirname(file) })));
  }
  return licences;
}

function importedByPages(root: string): Set<string> {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(tsx?|css)$/.test(file) || file.endsWith('.test.ts')) continue;
      for (const [, specifier = ''] of readFileSync(join(root, folder, file), 'utf8').matchAll(imports)) {
        if (/^[@a-z]/.test(specifier)) names.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
      }
    }
  }
  return names;
}

/** As Node looks for a package: in each node_modules on the way up. */
function findManifest(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) throw new Error(`${name} is not installed: run npm ci.`);
  }
}
