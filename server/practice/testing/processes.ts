import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  return /^State:\s+[^Z]/m.test(readOrNothing(`/proc/${pid}/status`));
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has just ended.
    return '';
  }
}

/** All descendants of a process, by their parents. */
export function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const parent = /^PPid:\s+(\d+)/m.exec(readOrNothing(`/proc/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && parent !== 0 && (parent === root || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** The host's pid of the process that runs practice-cluster.ts. */
export function clusterPid(main: number): number {
  const found = descendants(main).find((pid) =>
    /^\/app\/node\0.*cluster\.ts/.test(readOrNothing(`/proc/${pid}/cmdline`)),
  );
  assert.ok(found);
  return found;
}
