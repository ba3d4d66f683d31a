import { readFileSync } from 'node:fs';

/** The memory of a process that is in RAM (RSS), in MiB. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

/** Milliseconds of processor that a process has used since this was called. */
export function cpuOf(pid: number): () => number {
  const used = () => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // utime and stime, in ticks of 10 ms (proc(5); USER_HZ is 100).
    return (Number(fields[11]) + Number(fields[12])) * 10;
  };
  const begin = used();
  return () => used() - begin;
}
