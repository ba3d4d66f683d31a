import type { RequestOptions } from 'node:https';
import { AppError } from '#lib/protocol/errors.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';

type ExecEntry = NonNullable<UserEntry['exec']>;

/**
 * Gets credentials from the program that a kubeconfig names (aws, gke-gcloud-auth-plugin, kubelogin, …) and keeps
 * them until they expire. The module is imported by its file: the library's index would load its whole generated API.
 */
export function execPluginAuth(userName: string, exec: ExecEntry, cluster: ClusterEntry) {
  const loaded = import('@kubernetes/client-node/dist/exec_auth.js').then(({ ExecAuth }) => new ExecAuth());
  const user = {
    name: userName,
    exec: { ...exec, args: exec.args ?? [], env: [...(exec.env ?? []), execInfo(exec, cluster)] },
  };
  return async (options: RequestOptions): Promise<void> => {
    const auth = await loaded;
    try {
      await auth.applyAuthentication(user, options);
    } catch (cause) {
      throw new AppError(
        'credentials',
        `The kubeconfig's program ${exec.command} gave no credentials: ${reasonOf(cause)}`,
        {
          cause,
          next: exec.installHint ?? `Run \`${exec.command}\` in a shell to see what it needs; often a new login.`,
        },
      );
    }
  };
}

/** kubectl tells plugins about the cluster in this variable; some refuse to work without it. */
function execInfo(exec: ExecEntry, cluster: ClusterEntry) {
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, cluster: { server: cluster.server } },
  };
  return { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if ('code' in cause && cause.code === 'ENOENT') return 'it is not installed, or not in PATH.';
  // What the program wrote to stderr; its first lines say what is wrong.
  return cause.message.trim().slice(0, 500) || 'it failed without a word.';
}
