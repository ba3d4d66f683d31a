import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkPackage } from './check-package.ts';
import { type ProjectManifest, projectManifest } from './package-manifest.ts';
import { createTag, expectReady } from './repository.ts';
import { readJson, stagePackage } from './stage-package.ts';

const usage = `npm run release -- [options]

Builds the npm package of this version into dist/ and checks it from a clean folder. Nothing is published.
  --tag           then tag the commit as v<version>
  --allow-dirty   build from a tree with uncommitted changes, to try the script; not with --tag
  --unchecked     build without installing and starting the package
  --help          print this`;

const root = join(import.meta.dirname, '../..');
try {
  await release();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function release(): Promise<void> {
  const options = {
    tag: { type: 'boolean', default: false },
    'allow-dirty': { type: 'boolean', default: false },
    unchecked: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return console.log(usage);
  if (values.tag && (values['allow-dirty'] || values.unchecked)) {
    throw new Error('--tag is for a clean tree and a checked package: leave out --allow-dirty and --unchecked.');
  }
  const project = projectManifest.parse(readJson(join(root, 'package.json')));
  if (!values['allow-dirty']) expectReady(root, project.version);
  const tarball = pack(project);
  console.log(`${tarball}: ${Math.round(statSync(tarball).size / 1024)} KiB`);
  if (!values.unchecked) await checkPackage(tarball, (text) => console.log(`  ${text}`));
  if (values.tag) createTag(root, project.version);
  else console.log(`v${project.version} is not tagged: --tag does it.`);
}

function pack(project: ProjectManifest): string {
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'ephemera-package-'));
  try {
    stagePackage(root, folder, project);
    const words = ['pack', '--silent', '--pack-destination', dist];
    return join(dist, execFileSync('npm', words, { cwd: folder, encoding: 'utf8' }).trim());
  } finally {
    rmSync(folder, { recursive: true });
  }
}
