import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const server = 'https://127.0.0.1:16443';

export function adminConfig(folder: string): string {
  return join(folder, 'admin.conf');
}

/** Users of workloads/users.yaml: each a service account that may do one thing less than is needed. */
const limitedUsers = ['shop-only', 'no-patch', 'no-attach', 'nobody'];

export function writeAdminConfig(folder: string): void {
  write(folder, adminConfig(folder), [{ name: 'admin', user: { token: 'admin-token' } }]);
}

/** The kubeconfig of the tests: a context for the administrator, one for each limited user, and some that are broken. */
export function writeTestConfig(folder: string): string {
  const token = (user: string) =>
    execFileSync('kubectl', ['--kubeconfig', adminConfig(folder), '-n', 'shop', 'create', 'token', user], {
      encoding: 'utf8',
    }).trim();
  const path = join(folder, 'test.conf');
  write(folder, path, [
    { name: 'admin', user: { token: 'admin-token' } },
    ...limitedUsers.map((name) => ({ name, user: { token: token(name) } })),
    { name: 'bad-token', user: { token: 'no-such-token' } },
    {
      name: 'expired',
      user: { 'client-certificate': join(folder, 'pki/expired.crt'), 'client-key': join(folder, 'pki/expired.key') },
    },
    { name: 'unreachable', user: { token: 'x' }, server: 'https://127.0.0.1:1' },
  ]);
  return path;
}

interface Entry {
  name: string;
  user: Record<string, string>;
  server?: string;
}

function write(folder: string, path: string, entries: Entry[]): void {
  // JSON is YAML.
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries
      .map((entry) => ({
        name: entry.server ? entry.name : 'test',
        cluster: { server: entry.server ?? server, 'certificate-authority': join(folder, 'pki/ca.crt') },
      }))
      .filter((cluster, index, all) => all.findIndex((other) => other.name === cluster.name) === index),
    users: entries.map(({ name, user }) => ({ name, user })),
    contexts: entries.map((entry) => ({
      name: entry.name,
      context: {
        cluster: entry.server ? entry.name : 'test',
        user: entry.name,
        ...(entry.name === 'shop-only' ? { namespace: 'shop' } : {}),
      },
    })),
    'current-context': 'admin',
  };
  writeFileSync(path, JSON.stringify(config, null, 2), { mode: 0o600 });
}
