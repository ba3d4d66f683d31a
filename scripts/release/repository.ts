import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws where this commit can't be released as this version, and says what to do. */
export function expectReady(root: string, version: string): void {
  const changed = git(root, 'status', '--porcelain');
  if (changed !== '') throw new Error(`The tree has changes; commit them or take them back:\n${changed}`);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  if (!isDated(changelog, version)) {
    throw new Error(`CHANGELOG.md has no dated section: give it a heading such as "## [${version}] - 2026-11-28".`);
  }
  const tagged = git(root, 'tag', '--list', `v${version}`, '--format', '%(*objectname)%(objectname)').slice(0, 40);
  if (tagged !== '' && tagged !== git(root, 'rev-parse', 'HEAD')) {
    throw new Error(`v${version} is the tag of another commit: raise the version in package.json.`);
  }
}

/** Whether a changelog in the keep-a-changelog form has a section of this version with its date. */
export function isDated(changelog: string, version: string): boolean {
  const heading = changelog.split('\n').find((line) => line.startsWith(`## [${version}]`)) ?? '';
  return /^## \[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(heading);
}

export function createTag(root: string, version: string): void {
  const tag = `v${version}`;
  if (git(root, 'tag', '--list', tag) === '') git(root, 'tag', '--annotate', tag, '--message', `Ephemera ${version}`);
  console.log(`${tag} is tagged. Push it with: git push origin ${tag}`);
}

function git(root: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
}
