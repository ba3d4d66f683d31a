#!/usr/bin/env node
// The command of the released package: `ephemera` starts the dashboard, `ephemera demo` a practice cluster with it.
// Plain JavaScript without dependencies, because it runs on the user's own Node (20 or newer). The server needs Node 24:
// it is the user's own, or the one that npm has installed beside this package.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const leastNode = 24;
/** How soon to notice that npm has gone; reading a number each second costs nothing that can be measured. */
const checkMs = 1_000;
const demoHelp = `
Commands:
  demo [--file <manifests.yaml>]  start a practice cluster on this machine (Linux) with the dashboard`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [first, ...others] = process.argv.slice(2);
const isDemo = first === 'demo';
const words = isDemo ? others : process.argv.slice(2);
const wantsHelp = words.includes('--help') || words.includes('-h');

if (words.includes('--version')) {
  console.log(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
} else {
  // Help is the dashboard's, so that asking for it starts no cluster.
  run(join(root, 'server', isDemo && !wantsHelp ? 'demo.js' : 'main.js'));
}

function run(program) {
  const node = findNode();
  if (node === undefined) {
    console.error(
      `Ephemera needs Node ${leastNode}; this is ${process.version}, and npm has no Node ${leastNode} for ${process.platform} ${process.arch}. Install Node ${leastNode} and run it with that.`,
    );
    process.exit(1);
  }
  // A small young generation, as `npm start` has it in a clone. A group of its own, because Ctrl-C in a terminal reaches
  // a whole group, and a second signal would end the server before it has cleaned up.
  const child = spawn(node, ['--max-semi-space-size=2', program, ...words], {
    stdio: 'inherit',
    detached: true,
    // With this variable set, the server ends when the process that started it has gone.
    env: { ...process.env, npm_lifecycle_event: process.env.npm_lifecycle_event ?? 'ephemera' },
  });
  child.once('error', (error) => {
    console.error(`${node} can't be started: ${error.message}. Install Node ${leastNode} and run Ephemera with that.`);
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(child);
  child.once('exit', (code, signal) => {
    if (wantsHelp && code === 0) console.log(demoHelp);
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= leastNode) return process.execPath;
  try {
    const folder = dirname(
      createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`),
    );
    const node = join(folder, 'bin', 'node');
    return existsSync(node) ? node : undefined;
  } catch {
    // npm has installed none for this machine.
    return undefined;
  }
}

/** npm runs us in a shell, and shells such as dash end by a signal without passing it on. */
function endWithParent(child) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, checkMs).unref();
}
