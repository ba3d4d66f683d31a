import { spawn } from 'node:child_process';
import { runParts, timesLine } from './run-parts.ts';

// `npm run test:stress`: the practice stories with a slowed browser while one core is kept busy. Words after it go to
// Playwright: `npm run test:stress -- files --repeat-each 5`.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
// It ends with this process, in whatever way that ends.
const busy = spawn(process.execPath, ['-e', `while (process.ppid === ${process.pid});`], { stdio: 'ignore' });
process.env['EPHEMERA_STRESS'] = '1';
const command = ['npm', 'run', '--silent', 'test:practice', '--', ...process.argv.slice(2)];
const results = await runParts([{ name: 'practice stories under stress', command }], interrupted.signal);
busy.kill();
console.log(timesLine(results));
process.exit(results.every(({ isOk }) => isOk) && !interrupted.signal.aborted ? 0 : 1);
