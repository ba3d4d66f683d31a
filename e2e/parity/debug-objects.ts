import { execFile, execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { toDebugCommand } from '#lib/debug/kubectl.ts';
import { copiedFromAnnotation, debuggerAnnotation, kubectlLabel, madePodLabel } from '#lib/debug/made-pods.ts';
import type { DebugRequestOf } from '#lib/debug/request.ts';
import { BrowserConnection } from '#server/testing/browser-connection.ts';
import { startServer } from '../product.ts';
import {
  type CopyOptions,
  combine,
  copyVariations,
  ephemeralVariations,
  image,
  profiles,
  variations,
} from './debugger-variations.ts';

// Starts debuggers through the server, and each again by the kubectl command that the server gives for it, on the cluster
// of KUBECONFIG. Both must have made the same object. Exits 1 where one differs.

const namespace = 'shop';
const [pod, replaced] = ['parity-debug', ['parity-replaced-1', 'parity-replaced-2']] as const;
/** No kubelet: its pods stay as they were asked for. */
const node = 'parity-node';
const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: 30 };
/** The node is none that runs, and no other has this label, for copies that may go elsewhere: nothing is ever started. */
const manifest = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: 'parity' }, annotations: { 'example.com/team': 'shop' } },
  spec: {
    nodeName: node,
    nodeSelector: { 'made-by': 'parity' },
    tolerations: [{ operator: 'Exists' }],
    terminationGracePeriodSeconds: 0,
    initContainers: [{ name: 'init', image }],
    containers: [
      {
        name: 'web',
        image,
        command: ['httpd'],
        args: ['-f'],
        env: [{ name: 'OLD', value: '1' }],
        livenessProbe: probe,
        readinessProbe: probe,
        startupProbe: probe,
        securityContext: { runAsUser: 101, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['MKNOD'] } },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
      { name: 'helper', image, livenessProbe: probe },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
  },
});

interface Container {
  name: string;
  env?: { name: string }[];
}
interface Pod {
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: { containers: Container[]; ephemeralContainers?: Container[] };
}

interface Pair {
  what: string;
  /** Names. */
  ours: string;
  theirs: string;
}

/** So many variations at once: each waits for most of its second. */
const lanes = 6;

const kubectl = (words: string[], input?: string) =>
  execFileSync('kubectl', ['-n', namespace, ...words], { encoding: 'utf8', input, maxBuffer: 64 * 1024 * 1024 });
const made: string[] = [];
let different = 0;
let compared = 0;

const server = await startServer();
try {
  kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: node } }));
  for (const name of [pod, ...replaced]) kubectl(['create', '-f', '-'], JSON.stringify(manifest(name)));
  await compareEphemeral();
  await compareCopies();
  await compareNodes();
} finally {
  const pods = [pod, ...replaced, ...made];
  kubectl(['delete', 'pod', ...pods, '--grace-period=0', '--force', '--ignore-not-found']);
  kubectl(['delete', 'node', node, '--ignore-not-found']);
  await server.stop();
}
console.log(`${compared} debuggers by Ephemera and by kubectl debug: ${different} differ.`);
process.exit(different === 0 && compared > 0 ? 0 : 1);

async function compareEphemeral(): Promise<void> {
  const pairs = await inLanes(combine(ephemeralVariations), async ([profile, what, options]) => {
    const { container = '', command } = await start({ kind: 'ephemeral', pod, image, profile, ...options });
    const theirs = /Defaulting debug container name to (\S+)\.\s/.exec(await runCommand(command))?.[1] ?? '';
    return { what: `ephemeral, ${profile}, ${what}`, ours: container, theirs };
  });
  const [inPod] = readPods([pod]).values();
  const containers = new Map(inPod?.spec.ephemeralContainers?.map((one) => [one.name, toComparable(one)]));
  for (const { what, ours, theirs } of pairs) compare(what, containers.get(ours), containers.get(theirs));
}

async function compareCopies(): Promise<void> {
  const pairs = await inLanes(combine(copyVariations), ([profile, what, options]) =>
    copy(`copy, ${profile}, ${what}`, [pod, pod], { profile, ...options }),
  );
  pairs.push(await copy('copy that replaces', replaced, { image, replace: true }));
  comparePods(pairs);
  const left = kubectl(['get', 'pod', ...replaced, '--ignore-not-found', '-o', 'name']);
  compare('copies that replace: what is left', left, '');
}

async function copy(what: string, [source, theirs]: readonly [string, string], options: CopyOptions): Promise<Pair> {
  const names = ['ours', 'theirs'].map((one) => `parity-${one}-${made.length}`);
  const [ourName = '', theirName = ''] = names;
  made.push(...names);
  const { command } = await start({
    kind: 'copy',
    pod: source,
    copyName: ourName,
    profile: profiles[0],
    keep: ['initContainers'],
    ...options,
  });
  await runCommand(command.replace(ourName, theirName).replace(` ${source} `, ` ${theirs} `));
  return { what, ours: ourName, theirs: theirName };
}

async function compareNodes(): Promise<void> {
  const pairs = await inLanes(combine(variations), async ([profile, what, options]) => {
    const { pod: ours, command } = await start({ kind: 'node', node, image, profile, ...options });
    const theirs = /Creating debugging pod (\S+) with/.exec(await runCommand(command))?.[1] ?? '';
    made.push(ours, theirs);
    return { what: `node, ${profile}, ${what}`, ours, theirs };
  });
  comparePods(pairs);
}

function comparePods(pairs: Pair[]): void {
  const pods = readPods(pairs.flatMap(({ ours, theirs }) => [ours, theirs]));
  const read = (name: string) => {
    const one = pods.get(name);
    return one && toComparablePod(one);
  };
  for (const { what, ours, theirs } of pairs) compare(what, read(ours), read(theirs));
}

/** Does this for each item, several at once, and returns the results in the order of the items. */
async function inLanes<T, R>(items: Iterable<T>, run: (item: T) => Promise<R>): Promise<R[]> {
  // One iterator for all lanes: each takes the next item.
  const left = [...items].entries();
  const results: R[] = [];
  const lane = async () => {
    for (const [index, item] of left) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** By their names. */
function readPods(names: string[]): Map<string, Pod> {
  const { items }: { items: Pod[] } = JSON.parse(kubectl(['get', 'pod', '-o', 'json']));
  return new Map(items.filter(({ metadata }) => names.includes(metadata.name)).map((one) => [one.metadata.name, one]));
}

type Asked =
  | Omit<DebugRequestOf<'ephemeral'>, 'context' | 'namespace'>
  | Omit<DebugRequestOf<'copy'>, 'context' | 'namespace'>
  | Omit<DebugRequestOf<'node'>, 'context' | 'namespace'>;

/** Starts it, leaves its terminal, and returns where it is and the command that starts another. */
async function start(asked: Asked): Promise<{ pod: string; container: string | undefined; command: string }> {
  // A page of its own: one that asks for so many is slowed down.
  using page = await (await BrowserConnection.open(server)).hello();
  const request = { context: 'admin', namespace, ...asked };
  const { terminal, pod: name } = await page.ask('debug:start', { ...request, columns: 80, rows: 24 });
  if (terminal !== undefined) await page.ask('terminal:close', { session: terminal.session });
  return { pod: name, container: terminal?.container, command: terminal?.command ?? toDebugCommand(request) };
}

/** Runs a command as it was copied, but without waiting for a container that never runs, and returns what it printed. */
function runCommand(command: string): Promise<string> {
  const words = command.replace('debug -it', 'debug -it --attach=false');
  return new Promise((resolve, reject) =>
    execFile('bash', ['-c', words], { encoding: 'utf8' }, (error, stdout, stderr) =>
      error === null ? resolve(stdout + stderr) : reject(new Error(`${command}\nfailed: ${stdout}${stderr}`)),
    ),
  );
}

function compare(what: string, ours: unknown, theirs: unknown): void {
  compared += 1;
  if (ours !== undefined && isDeepStrictEqual(ours, theirs)) return;
  different += 1;
  console.log(`${what}:\n  Ephemera ${JSON.stringify(ours)}\n  kubectl  ${JSON.stringify(theirs)}`);
}

/** Without its name where that is chosen anew each time. The order of variables is random in kubectl. */
function toComparable({ name, ...container }: Container): object {
  const env = container.env?.toSorted((a, b) => a.name.localeCompare(b.name));
  return { ...container, ...(env === undefined ? {} : { env }), name: name.replace(/^debugger-.....$/, 'debugger-') };
}

/**
 * Without the marks of ours by which pods are found again, and kubectl's own, which it has from 1.34 on; its volumes and
 * mounts of the service account are named anew for each pod.
 */
function toComparablePod({ metadata, spec }: Pod): object {
  const marks = [madePodLabel, copiedFromAnnotation, debuggerAnnotation, kubectlLabel[0]];
  const unmarked = (fields: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !marks.includes(name)));
  const text = JSON.stringify({ ...spec, containers: spec.containers.map(toComparable) });
  return {
    labels: unmarked(metadata.labels),
    annotations: unmarked(metadata.annotations),
    spec: JSON.parse(text.replaceAll(/kube-api-access-\w{5}/g, 'kube-api-access-')),
  };
}
