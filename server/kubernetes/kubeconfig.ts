import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type * as z from 'zod';
import { AppError } from '#lib/protocol/errors.ts';
import { findInClusterConfig } from './in-cluster.ts';
import { fileSchema, type Kubeconfig } from './kubeconfig-schema.ts';
import { ParsedFiles } from './parsed-files.ts';

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
export function loadKubeconfig(choice: KubeconfigChoice, known: KubeconfigFiles = newKubeconfigFiles()): Kubeconfig {
  const paths = chooseFiles(choice);
  const mustExist = choice.file !== undefined;
  const files = paths.flatMap((path) => readKubeconfigFile(path, known, { mustExist }) ?? []);
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

/** Kubeconfigs by their paths: parsing one with a hundred contexts takes 70 ms, and each request needs it. */
export type KubeconfigFiles = ParsedFiles<KubeconfigFile['content']>;

export function newKubeconfigFiles(): KubeconfigFiles {
  return new ParsedFiles(parseKubeconfig);
}

function readKubeconfigFile(
  path: string,
  known: KubeconfigFiles,
  { mustExist }: { mustExist: boolean },
): KubeconfigFile | undefined {
  try {
    return { path, content: known.read(path) };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // kubectl skips files of KUBECONFIG that don't exist.
    if (isMissing(cause) && !mustExist) return undefined;
    const code = isMissing(cause) ? 'no-kubeconfig' : 'bad-kubeconfig';
    throw new AppError(code, `The kubeconfig ${path} can't be read: ${reasonOf(cause)}.`, {
      cause,
      next: whereToPutOne,
    });
  }
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
