import { execFile, execFileSync, spawn as spawnChild } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { spawn as spawnPty } from '@lydell/node-pty';
import { type PracticeCluster, startPractice } from '../machine/host.ts';
import { whyNot } from '../machine/machine-requirements.ts';

const run = promisify(execFile);

/** For `skip`: false where practice clusters can run and there is a kubectl to ask them with. */
export const cannotRun: string | false =
  whyNot() ?? (pathOf('kubectl') === undefined ? 'kubectl is not installed' : false);

/**
 * The kubectls of this machine to test with: of the siblings that carry a version in their names the oldest and the
 * newest that are supported, and 1.30, the last to speak SPDY. The one that is found first where there are no others.
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
  /** A folder of its own, for files that tests need. */
  folder: string;
  kubectl(...words: string[]): Promise<string>;
  /** Standard error and exit code of one that must fail. */
  refusal(...words: string[]): Promise<{ stderr: string; code: number }>;
  withInput(input: string, ...words: string[]): Promise<string>;
  /** In a pseudo-terminal: types each line when it sees the text before it, and returns all that was shown. */
  inTerminal(words: string[], dialog: [seen: RegExp, typed: string][]): Promise<string>;
  environment: NodeJS.ProcessEnv;
}

/** A practice cluster with these manifests (YAML), and a kubectl that talks to it. */
export async function startPracticeWithKubectl(manifests: string, program = 'kubectl'): Promise<PracticeKubectl> {
  const cluster = await startPractice({ port: 0, manifests: [{ file: 'test.yaml', text: manifests }] });
  const folder = mkdtempSync(join(tmpdir(), 'practice-test-'));
  // HOME: kubectl keeps a cache of what servers offer there.
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

/** How long a test waits for what kubectl should print: longer than kubectl's own timeouts here. */
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
