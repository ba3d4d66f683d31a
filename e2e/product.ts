import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const chromium = '/usr/bin/chromium';
/** The same engine without the parts of a window: stories take half the time with it. */
const headlessShell = '/usr/bin/chromium-headless-shell';

/** How the browser of the benchmarks is started: the one that people have. */
export const browserOptions = {
  executablePath: process.env['CHROMIUM'] ?? chromium,
  // As root, in a container or a VM, and without the browser's own calls home.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** How the browser of the stories is started. `npm run test:all` names the whole Chromium by CHROMIUM. */
export const storyBrowserOptions = {
  ...browserOptions,
  executablePath: process.env['CHROMIUM'] ?? (existsSync(headlessShell) ? headlessShell : chromium),
};

export interface RunningServer {
  /** With the token. */
  url: string;
  /** Without. */
  origin: string;
  token: string;
  /** What a browser has that has opened `url` once, for Playwright's addCookies. */
  cookie: { name: string; value: string; url: string; httpOnly: true; sameSite: 'Strict' };
  pid: number;
  /** From the start of the process until it printed its address. */
  listeningMs: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const root = join(import.meta.dirname, '..');

/** Starts the product as `npm start` does once it is built. */
export async function startServer(env: Record<string, string> = {}, flags: string[] = []): Promise<RunningServer> {
  const begin = performance.now();
  const data = mkdtempSync(join(tmpdir(), 'ephemera-data-'));
  const options = ['--port', '0', '--data', data, ...flags];
  const child = spawn(process.execPath, ['--max-semi-space-size=2', 'server/main.ts', ...options], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    const { origin, searchParams } = new URL(url);
    const listeningMs = performance.now() - begin;
    const token = searchParams.get('token') ?? '';
    const name = `ephemera-${new URL(origin).port}`;
    const cookie = { name, value: token, url: origin, httpOnly: true, sameSite: 'Strict' } as const;
    return { url, origin, token, cookie, pid: child.pid ?? 0, listeningMs, stop };
  }
  throw new Error('the server ended before it printed its address');
}
