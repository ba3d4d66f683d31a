// What the practice cluster costs: time to a prompt, memory for many pods, processor time when idle, and memory while a
// container prints a lot. Runs on a practice cluster (npm run bench:practice); exits 1 where a target is missed.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { browserOptions, startServer } from '#e2e/product.ts';
import { clickToPrompt } from './click-to-prompt.ts';
import { percentile } from './percentile.ts';
import { kubectl, makePod, removePods } from './pods.ts';
import { cpuOf, residentMiB } from './process-usage.ts';
import { printTable, type Result } from './table.ts';

const launches = 50;
const demoStarts = 5;
/** Each pod of the demo, and what it ends up as; the two replicas are ready when their Deployment is. */
const settled: [RegExp, RegExp][] = [
  [/crashing/, /CrashLoopBackOff/],
  [/unpullable/, /ErrImagePull|ImagePullBackOff/],
  [/unschedulable/, /Pending/],
  [/vault/, /1\/1/],
  [/nginx/, /2\/2/],
  [/py-serv/, /1\/1/],
  [/shared-files/, /2\/2/],
  [/finished/, /Completed/],
];
const manyPods = 200;
/** Long against the few things that happen by the clock: probes and bookmarks. */
const idleMs = 20_000;
const printedBytes = 1024 * 1024 * 1024;
/** A line's length in practice; shorter ones cost more per byte, for each gets a time and a tag. */
const lineBytes = 128;

const measurements = {
  demo: measureDemo,
  idle: measureIdle,
  launches: measureLaunches,
  pods: measureManyPods,
  log: measureLog,
};
// All, or those that are named.
const chosen = process.argv.slice(2);
const results: Result[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen.length === 0 || chosen.includes(name)) results.push(...(await measure()));
}
process.exit(printTable(results) ? 0 : 1);

/** From the command to a page on which every pod of the demo is as it will stay. The browser is open already. */
async function measureDemo(): Promise<Result[]> {
  const browser = await chromium.launch(browserOptions);
  const times: number[] = [];
  try {
    for (let i = 0; i < demoStarts; i++) {
      const page = await browser.newPage();
      const begin = performance.now();
      const demo = spawn('npm', ['run', '--silent', 'demo', '--', '--port', '0'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      // Not npm's exit, which is earlier: nothing of the demo has its output open any more.
      const ended = new Promise((resolve) => demo.once('close', resolve));
      const url = await new Promise<string>((resolve) =>
        createInterface({ input: demo.stdout }).on('line', (line) => {
          const found = /http:\/\/\S+/.exec(line)?.[0];
          if (found !== undefined) resolve(found);
        }),
      );
      await page.goto(url);
      await Promise.all(
        settled.map(([name, state]) => page.getByRole('row', { name }).filter({ hasText: state }).first().waitFor()),
      );
      times.push((performance.now() - begin) / 1_000);
      await page.close();
      demo.kill('SIGTERM');
      await ended;
    }
  } finally {
    await browser.close();
  }
  return [
    {
      what: `npm run demo, command to settled page, median of ${demoStarts}`,
      value: percentile(times, 50) * 1_000,
      unit: 'ms',
      atMost: 3_000,
    },
  ];
}

async function measureLaunches(): Promise<Result[]> {
  const server = await startServer();
  const browser = await chromium.launch(browserOptions);
  const times: number[] = [];
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.getByRole('grid', { name: 'Pods' }).waitFor();
    for (let round = 0; round < launches; round++) {
      times.push(await clickToPrompt(page, server.origin, makePod(`bench-${round}`)));
      removePods();
    }
  } finally {
    await browser.close();
    await server.stop();
    removePods();
  }
  const missing = times.filter((time) => Number.isNaN(time)).length;
  return [
    { what: `click to prompt, median of ${launches}`, value: percentile(times, 50), unit: 'ms', atMost: 200 },
    { what: 'click to prompt, p99', value: percentile(times, 99), unit: 'ms', atMost: 400 },
    { what: 'starts without a prompt', value: missing, unit: 'starts', atMost: 0 },
  ];
}

async function measureManyPods(): Promise<Result[]> {
  const names = Array.from({ length: manyPods }, (_, index) => `many-${index}`);
  const begin = performance.now();
  const items = names.map((name) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { many: 'yes' } },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '100000'] }],
    },
  }));
  const before = clusterMemoryMb();
  apply({ apiVersion: 'v1', kind: 'List', items });
  kubectl('wait', '--for=condition=Ready', 'pod', '-l', 'many=yes', '--timeout=120s');
  const seconds = (performance.now() - begin) / 1_000;
  const value = clusterMemoryMb() - before + baseMb();
  kubectl('delete', 'pods', '-l', 'many=yes', '--now');
  return [
    { what: `${manyPods} pods, from apply to ready`, value: seconds, unit: 's' },
    { what: `the cluster with ${manyPods} pods, all processes (PSS)`, value, unit: 'MB', atMost: 600 },
  ];
}

async function measureIdle(): Promise<Result[]> {
  const used = cpuOf(clusterPid());
  await delay(idleMs);
  const percent = (used() / idleMs) * 100;
  return [
    {
      what: 'idle: processor time of one core, cluster and API server',
      value: percent * 100,
      unit: '1/100 %',
      atMost: 100,
    },
    { what: 'idle: memory of the cluster process (RSS)', value: residentMiB(clusterPid()), unit: 'MB' },
  ];
}

async function measureLog(): Promise<Result[]> {
  const line = 'x'.repeat(lineBytes - 1);
  const script = `yes ${line} | head -c ${printedBytes}; exec sleep 100000`;
  const begin = performance.now();
  apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'chatty', namespace: 'default' },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] }],
    },
  });
  kubectl('wait', '--for=condition=Ready', 'pod/chatty', '--timeout=30s');
  let peak = 0;
  // The shell has become `sleep` once all is printed.
  while (kubectl('exec', 'chatty', '--', 'cat', '/proc/1/comm').trim() !== 'sleep') {
    peak = Math.max(peak, residentMiB(clusterPid()));
    await delay(200);
  }
  const seconds = (performance.now() - begin) / 1_000;
  kubectl('delete', 'pod', 'chatty', '--now');
  return [
    { what: '1 GiB into a log: peak memory of the cluster process (RSS)', value: peak, unit: 'MB', atMost: 150 },
    { what: '1 GiB into a log: time', value: seconds, unit: 's' },
  ];
}

function apply(manifest: object): void {
  execFileSync('kubectl', ['apply', '-f', '-'], { input: JSON.stringify(manifest), maxBuffer: 64 * 1024 * 1024 });
}

/** Processes of the machine: those below the one that runs practice-cluster.ts, and what holds it. */
function clusterPids(): number[] {
  const root = clusterPid();
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1])] as const),
  );
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return pid === root || (parent !== undefined && parent !== 0 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

function clusterPid(): number {
  const found = readdirSync('/proc').find(
    (name) => /^\d+$/.test(name) && /^\/app\/node\0.*cluster\.ts/.test(read(`/proc/${name}/cmdline`)),
  );
  if (found === undefined) throw new Error('there is no practice cluster');
  return Number(found);
}

/** Proportional: what processes share is counted once. */
function clusterMemoryMb(): number {
  const kb = clusterPids().map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kb.reduce((sum, one) => sum + one, 0) / 1_024;
}

/** The tests' own workloads, several of them Node, are not what is measured; the cluster's process is. */
function baseMb(): number {
  return residentMiB(clusterPid());
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
