import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Starts a program of the cluster in the background, its log and pid kept in the cluster's folder. */
export function start(folder: string, name: string, [command = '', ...words]: string[]): void {
  const log = openSync(join(folder, 'log', `${name}.log`), 'w');
  const child = spawn(command, words, { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  writeFileSync(pidFile(folder, name), String(child.pid));
}

/** Ends a program that `start` started, and waits until it is gone. */
export async function stop(folder: string, name: string): Promise<void> {
  const file = pidFile(folder, name);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  signal(pid, 'SIGTERM');
  // The kubelet and containerd end within a second; what hangs is killed.
  if (!(await endsWithin(pid, 10_000))) {
    signal(pid, 'SIGKILL');
    await endsWithin(pid, 5_000);
  }
  rmSync(file);
}

/** Kills a program that `start` started, as a node that fails does, and starts it again, with what happens meanwhile in between. */
export async function killAndRestart(folder: string, name: string, meanwhile: () => Promise<void>): Promise<void> {
  const pid = Number(readFileSync(pidFile(folder, name), 'utf8'));
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  signal(pid, 'SIGKILL');
  if (!(await endsWithin(pid, 5_000))) throw new Error(`${name} (${pid}) could not be killed`);
  try {
    await meanwhile();
  } finally {
    start(folder, name, command);
  }
}

export function isRunning(folder: string, name: string): boolean {
  const file = pidFile(folder, name);
  return existsSync(file) && isAlive(Number(readFileSync(file, 'utf8')));
}

/** Polls until `check` succeeds: the programs of Kubernetes say only by their answers that they are ready. */
export async function until(what: string, check: () => boolean, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!check()) {
    if (Date.now() > deadline)
      throw new Error(`${what} did not happen within ${timeoutMs / 1000} s; see the logs of the cluster`);
    await delay(100);
  }
}

async function endsWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    // A zombie has ended; only nobody has asked for its exit code yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

function pidFile(folder: string, name: string): string {
  return join(folder, 'run', `${name}.pid`);
}
