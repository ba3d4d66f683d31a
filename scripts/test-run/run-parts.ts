import { spawn } from 'node:child_process';
import type { Part } from './parts.ts';

export interface PartResult {
  name: string;
  seconds: number;
  isOk: boolean;
}

/** Runs the parts one after another, and goes on after one that fails: a run shows all that is wrong. */
export async function runParts(parts: Part[], interrupted: AbortSignal): Promise<PartResult[]> {
  const results: PartResult[] = [];
  for (const part of parts) {
    // What was started is ended in any case.
    const isCleanUp = part === parts.at(-1) && part.name === 'cluster end';
    if (interrupted.aborted && !isCleanUp) continue;
    console.log(`\n== ${part.name}`);
    const begin = performance.now();
    const code = await run(part.command, interrupted);
    results.push({ name: part.name, seconds: (performance.now() - begin) / 1_000, isOk: code === 0 });
    if (code !== 0 && part.endsRunOnFailure) break;
  }
  return results;
}

function run([program = '', ...words]: string[], interrupted: AbortSignal): Promise<number> {
  // A group of its own: npm's shell passes no signal on, and a signal for the group reaches all below it.
  const child = spawn(program, words, { stdio: 'inherit', detached: true });
  const pass = () => child.pid !== undefined && process.kill(-child.pid, 'SIGINT');
  interrupted.addEventListener('abort', pass);
  return new Promise((resolve) => {
    child
      .once('close', (status) => {
        interrupted.removeEventListener('abort', pass);
        resolve(status ?? 1);
      })
      .once('error', () => resolve(127));
  });
}

/** One line: how long each part took, and all of them. */
export function timesLine(results: PartResult[]): string {
  const all = results.reduce((sum, { seconds }) => sum + seconds, 0);
  const parts = results.map(({ name, seconds, isOk }) => `${name} ${duration(seconds)}${isOk ? '' : ' FAILED'}`);
  return `times: ${parts.join(', ')}; ${duration(all)} in all`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
