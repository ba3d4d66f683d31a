import { execFileSync } from 'node:child_process';
import { startPracticeCluster } from '../clusters/practice.ts';
import { ParityClient } from './client.ts';
import { type Difference, differences, normalize } from './compare.ts';
import { knownDifferences } from './known-differences.ts';
import type { Names } from './question-kinds.ts';
import { questions } from './questions.ts';

// Asks a real cluster (KUBECONFIG) and the practice cluster the same questions, and compares the answers field by field.
// Prints the known differences with their reasons, and exits 1 where there is another.
const practiceCluster = await startPracticeCluster();
try {
  const kubeconfig = process.env['KUBECONFIG'] ?? '';
  const [real, practice] = [
    new ParityClient('real', kubeconfig),
    new ParityClient('practice', practiceCluster.kubeconfig),
  ];
  const [realNames, practiceNames] = [namesIn(kubeconfig), namesIn(practiceCluster.kubeconfig)];
  const used = new Map<string, number>();
  let unknown = 0;
  for (const question of questions) {
    const begin = performance.now();
    const [a, b] = await Promise.all([question.ask(real, realNames), question.ask(practice, practiceNames)]);
    if (process.env['PARITY_TIMES']) console.log(`${question.what}: ${(performance.now() - begin).toFixed(0)} ms`);
    for (const difference of differences(normalize(a), normalize(b))) {
      const known = knownDifferences.find(
        (one) => (one.question?.test(question.what) ?? true) && one.path.test(difference.path),
      );
      if (known !== undefined) used.set(known.why, (used.get(known.why) ?? 0) + 1);
      else {
        unknown += 1;
        report(question.what, difference);
      }
    }
  }
  console.log(`${questions.length} questions, ${unknown} unknown differences. Known ones:`);
  for (const [why, count] of used) console.log(`  ${count} × ${why}`);
  for (const { why } of knownDifferences.filter((one) => !used.has(one.why))) console.log(`  no longer there: ${why}`);
  process.exitCode = unknown === 0 ? 0 : 1;
} finally {
  await practiceCluster.stop();
}

function namesIn(kubeconfig: string): Names {
  const words = [
    '--kubeconfig',
    kubeconfig,
    '-n',
    'shop',
    'get',
    'pods',
    '-l',
    'app=py-serv',
    '-o',
    'jsonpath={.items[0].metadata.name}',
  ];
  return { web: execFileSync('kubectl', words, { encoding: 'utf8' }) };
}

function report(what: string, { path, real, practice }: Difference): void {
  const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 400));
  console.log(`${what}\n  ${path}\n    real:     ${show(real)}\n    practice: ${show(practice)}`);
}
