import { execFile, execFileSync, spawn as spawnChild } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { spawn as spawnPty } from '@lydell/node-pty';
import { type PracticeCluster, startPractice } from '../machine/host.ts';
import { whyNot } from '../machine/machine-requirements.ts';

const run = promisify(execFile);

/** The reason to skip a test; false if practice clusters can run and kubectl is installed. */
export const cannotRun: string | false =
  whyNot() ?? (pathOf('kubectl') === undefined ? 'kubectl is not installed' : false);

/**
 * The kubectls to test with. Of the versions installed beside each other: the oldest and the newest supported, and
 * 1.30, the last to speak SPDY. Without versions in their names: the first kubectl in PATH.
 */
export function kubectls(): string[] {
  const found = pathOf('kubectl');
  if (found === undefined) return [];
  const folder = dirname(realpathSync(found));
  const versions = ['1.27', '1.30', '1.33'].map((version) => join(folder, `kubectl.${version}`)).filter(existsSync);
  return versions.length > 0 ? versions : [found];
}

export interface PracticeKubectl extends AsyncDisposable {
  cluster: PracticeCluster;
  /** A folder for the test's own files. */
  folder: string;
  kubectl(...words: string[]): Promise<string>;
  /** Standard error and exit code of a command that must fail. */
  refusal(...words: string[]): Promise<{ stderr: string; code: number }>;
  withInput(input: string, ...words: string[]): Promise<string>;
  /**
   * Runs kubectl in a pseudo-terminal. Types each line after the text before it has appeared, and returns everything
   * shown.
   */
  inTerminal(words: string[], dialog: [seen: RegExp, typed: string][]): Promise<string>;
  environment: NodeJS.ProcessEnv;
}

/** A practice cluster with these manifests (YAML), and a kubectl that talks to it. */
export async function startPracticeWithKubectl(manifests: string, program = 'kubectl'): Promise<PracticeKubectl> {
  const cluster = await startPractice({ port: 0, manifests: [{ file: 'test.yaml', text: manifests }] });
  const folder = mkdtempSync(join(tmpdir(), 'practice-test-'));
  // kubectl caches the servers' resources in HOME.
  const environment = { ...process.env, KUBECONFIG: cluster.kubeconfig, HOME: folder };
  const options = { env: environment, maxBuffer: 256 * 1024 * 1024 };
  return {
    cluster,
    folder,
    environment,
    kubectl: async (...words) => (await run(program, words, options)).stdout,
    refusal: (...words) =>
      run(program, words, options).then(
        ({ stdout }) => {
          throw new Error(`kubectl ${words.join(' ')} should have failed; it said ${stdout}`);
        },
        (error: { stderr: string; code: number }) => error,
      ),
    withInput: (input, ...words) =>
      new Promise((resolve, reject) => {
        const child = execFile(program, words, options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
        child.stdin?.end(input);
      }),
    inTerminal: (words, dialog) => runInTerminal({ program, words, env: environment }, dialog),
    [Symbol.asyncDispose]: async () => {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The longest wait for output of kubectl. kubectl's own timeouts in the tests are shorter. */
const patienceMs = 60_000;

interface TerminalRun {
  program: string;
  words: string[];
  env: NodeJS.ProcessEnv;
}

function runInTerminal({ program, words, env }: TerminalRun, dialog: [RegExp, string][]): Promise<string> {
  return new Promise((resolve, reject) => {
    const terminal = spawnPty(program, words, { cols: 100, rows: 30, env });
    const left = [...dialog];
    let shown = '';
    let from = 0;
    const timer = setTimeout(() => {
      reject(new Error(`kubectl ${words.join(' ')} did not show ${left[0]?.[0] ?? 'its end'}: ${shown}`));
      terminal.kill('SIGKILL');
    }, patienceMs);
    terminal.onData((data) => {
      shown += data;
      const [next] = left;
      if (next === undefined || !next[0].test(shown.slice(from))) return;
      left.shift();
      from = shown.length;
      terminal.write(next[1]);
    });
    terminal.onExit(() => {
      clearTimeout(timer);
      resolve(shown);
    });
  });
}

/** Starts a long-running kubectl, and ends it when disposed. */
export function startKubectl({ environment }: PracticeKubectl, program: string, ...words: string[]) {
  const child = spawnChild(program, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    /** Resolves with all output so far, once it matches. */
    seen: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        let text = '';
        const stop = () => {
          clearTimeout(timer);
          child.stdout.off('data', take);
          child.stderr.off('data', take);
          child.off('close', fail);
        };
        const fail = () => {
          stop();
          reject(new Error(`kubectl ended, or was silent for too long, before it printed ${pattern}: ${text}`));
        };
        const take = (chunk: Buffer) => {
          text += chunk.toString();
          if (!pattern.test(text)) return;
          stop();
          resolve(text);
        };
        const timer = setTimeout(fail, patienceMs);
        child.stdout.on('data', take);
        child.stderr.on('data', take);
        child.once('close', fail);
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

function pathOf(program: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
