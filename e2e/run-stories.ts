import { spawnSync } from 'node:child_process';

// Runs the stories on the cluster of KUBECONFIG: first in parallel, then one by one those that change what all workers
// share. Not as projects that depend on each other: Playwright runs a project that another depends on without any filter.
// The first word is the tag of the stories, or `all`; the others go to Playwright.
const [which = '', ...words] = process.argv.slice(2);
const tag = which === 'all' ? '' : `(?=.*${which}\\b)`;
const parallel = run(['--grep', `${tag}.`, '--grep-invert', '@alone']);
const alone = run(['--grep', `${tag}(?=.*@alone\\b)`, '--workers', '1']);
process.exit(parallel || alone);

function run(selection: string[]): number {
  const all = ['test', ...selection, '--pass-with-no-tests', ...words];
  const { status, error } = spawnSync('playwright', all, { stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 1;
}
