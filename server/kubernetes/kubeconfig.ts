import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { AppError } from '#lib/protocol/errors.ts';
import { findInClusterConfig } from './in-cluster.ts';

/**
 * The parts of a kubeconfig that are used here (kubernetes/client-go tools/clientcmd/api/v1/types.go).
 * Unknown keys are let through, as kubectl lets them.
 */
const text = z.string().nullish();
const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
});
const execSchema = z.object({
  apiVersion: z.string(),
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
});
const userSchema = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  exec: execSchema.nullish(),
  'auth-provider': z.object({ name: z.string(), config: z.record(z.string(), z.string()).nullish() }).nullish(),
});
const contextSchema = z.object({ cluster: z.string(), user: text, namespace: text });
const fileSchema = z.object({
  'current-context': text,
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema })).nullish(),
  users: z.array(z.object({ name: z.string(), user: userSchema.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: contextSchema })).nullish(),
});

export type ClusterEntry = z.output<typeof clusterSchema>;
export type UserEntry = z.output<typeof userSchema>;
export type ContextEntry = z.output<typeof contextSchema>;

export interface Kubeconfig {
  clusters: Map<string, ClusterEntry>;
  users: Map<string, UserEntry>;
  contexts: Map<string, ContextEntry>;
  currentContext: string | undefined;
  /** The files (or "in-cluster service account") that it was read from. */
  sources: string[];
}

export interface KubeconfigChoice {
  /** --kubeconfig: this file and no other. */
  file?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

const whereToPutOne =
  'Set KUBECONFIG or start with --kubeconfig FILE; `kubectl config view` shows what kubectl itself would use.';

/**
 * Reads what kubectl would read: the file asked for, else the files in KUBECONFIG, else ~/.kube/config, else the
 * service account of the pod we run in. Throws `no-kubeconfig` or `bad-kubeconfig`.
 */
export function loadKubeconfig(choice: KubeconfigChoice): Kubeconfig {
  const paths = chooseFiles(choice);
  const files = paths.flatMap((path) => readKubeconfigFile(path, { mustExist: choice.file !== undefined }) ?? []);
  if (files.length > 0) return mergeKubeconfigs(files);
  const inCluster = findInClusterConfig(choice.env);
  if (inCluster) return inCluster;
  throw new AppError('no-kubeconfig', `There is no kubeconfig: looked for ${paths.join(' and ')}.`, {
    next: whereToPutOne,
  });
}

function chooseFiles({ file, env }: KubeconfigChoice): string[] {
  if (file !== undefined) return [resolve(file)];
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? listed : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
}

interface KubeconfigFile {
  path: string;
  content: z.output<typeof fileSchema>;
}

function readKubeconfigFile(path: string, { mustExist }: { mustExist: boolean }): KubeconfigFile | undefined {
  let yaml: string;
  try {
    yaml = readFileSync(path, 'utf8');
  } catch (cause) {
    // kubectl skips files of KUBECONFIG that don't exist.
    if (isMissing(cause) && !mustExist) return undefined;
    const code = isMissing(cause) ? 'no-kubeconfig' : 'bad-kubeconfig';
    throw new AppError(code, `The kubeconfig ${path} can't be read: ${reasonOf(cause)}.`, {
      cause,
      next: whereToPutOne,
    });
  }
  return { path, content: parseKubeconfig(path, yaml) };
}

function parseKubeconfig(path: string, yaml: string): KubeconfigFile['content'] {
  let document: unknown;
  try {
    document = parse(yaml);
  } catch (cause) {
    throw new AppError('bad-kubeconfig', `The kubeconfig ${path} is not valid YAML: ${reasonOf(cause)}`, {
      cause,
      next: 'Mend the file at that line, then try again; Ephemera reads it anew.',
    });
  }
  // An empty file is an empty kubeconfig to kubectl too.
  const checked = fileSchema.safeParse(document ?? {});
  if (checked.success) return resolvePaths(checked.data, dirname(resolve(path)));
  const issue = checked.error.issues[0];
  const where = issue?.path.join('.') || 'the top';
  throw new AppError(
    'bad-kubeconfig',
    `The kubeconfig ${path} is wrong at ${where}: ${issue?.message ?? 'unreadable'}.`,
    {
      next: 'Mend the file, then try again; Ephemera reads it anew.',
    },
  );
}

/** Paths in a kubeconfig are relative to the file that they stand in. */
function resolvePaths(content: KubeconfigFile['content'], folder: string): KubeconfigFile['content'] {
  const absolute = (path: string | null | undefined) => (path && !isAbsolute(path) ? join(folder, path) : path);
  for (const { cluster } of content.clusters ?? []) {
    cluster['certificate-authority'] = absolute(cluster['certificate-authority']);
  }
  for (const { user } of content.users ?? []) {
    if (!user) continue;
    user['client-certificate'] = absolute(user['client-certificate']);
    user['client-key'] = absolute(user['client-key']);
    user.tokenFile = absolute(user.tokenFile);
    // A bare word is looked up in PATH; only a command with a slash is a path.
    if (user.exec?.command.includes('/')) user.exec.command = absolute(user.exec.command) ?? user.exec.command;
  }
  return content;
}

/** As kubectl merges: the first file to name a cluster, a user, a context or the current context wins. */
function mergeKubeconfigs(files: KubeconfigFile[]): Kubeconfig {
  const merged: Kubeconfig = {
    clusters: new Map(),
    users: new Map(),
    contexts: new Map(),
    currentContext: undefined,
    sources: files.map((file) => file.path),
  };
  for (const { content } of files) {
    for (const { name, cluster } of content.clusters ?? [])
      if (!merged.clusters.has(name)) merged.clusters.set(name, cluster);
    for (const { name, user } of content.users ?? []) if (!merged.users.has(name)) merged.users.set(name, user ?? {});
    for (const { name, context } of content.contexts ?? [])
      if (!merged.contexts.has(name)) merged.contexts.set(name, context);
    merged.currentContext ??= content['current-context'] || undefined;
  }
  return merged;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
