import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultNamespaces } from './apply-workloads.ts';

export interface TestCluster {
  server: string;
  /** Path of the certificate of who signed the server's. */
  authority: string;
  /** As a kubeconfig has it: a token, a certificate, a program to ask. */
  admin: Record<string, unknown>;
}

/** Users of workloads/users.yaml: each a service account that may do one thing less than is needed. */
const limitedUsers = ['shop-only', 'no-patch', 'no-attach', 'nobody'];

/** Writes a kubeconfig with the administrator alone, and returns its path. */
export function writeAdminConfig(folder: string, cluster: TestCluster): string {
  return write(join(folder, 'admin.conf'), cluster, [{ name: 'admin', user: cluster.admin }]);
}

/** Writes the kubeconfig of the tests: a context for the administrator, one for each limited user, and broken ones. */
export function writeTestConfig(folder: string, cluster: TestCluster, namespace = defaultNamespaces.shop): string {
  const admin = writeAdminConfig(folder, cluster);
  const token = (user: string) =>
    execFileSync('kubectl', ['--kubeconfig', admin, '-n', namespace, 'create', 'token', user], {
      encoding: 'utf8',
    }).trim();
  return write(join(folder, 'test.conf'), cluster, [
    { name: 'admin', user: cluster.admin },
    ...limitedUsers.map((name) => ({
      name,
      user: { token: token(name) },
      ...(name === 'shop-only' ? { namespace } : {}),
    })),
    { name: 'bad-token', user: { token: 'no-such-token' } },
    { name: 'expired', user: expiredCertificate(folder) },
    { name: 'unreachable', user: { token: 'x' }, server: 'https://127.0.0.1:1' },
  ]);
}

interface Entry {
  name: string;
  user: Record<string, unknown>;
  server?: string;
  namespace?: string;
}

function write(path: string, { server, authority }: TestCluster, entries: Entry[]): string {
  // JSON is YAML.
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries
      .map((entry) => ({
        name: entry.server ? entry.name : 'test',
        cluster: { server: entry.server ?? server, 'certificate-authority': authority },
      }))
      .filter((cluster, index, all) => all.findIndex((other) => other.name === cluster.name) === index),
    users: entries.map(({ name, user }) => ({ name, user })),
    contexts: entries.map((entry) => ({
      name: entry.name,
      context: {
        cluster: entry.server ? entry.name : 'test',
        user: entry.name,
        ...(entry.namespace === undefined ? {} : { namespace: entry.namespace }),
      },
    })),
    'current-context': 'admin',
  };
  writeFileSync(path, JSON.stringify(config, null, 2), { mode: 0o600 });
  return path;
}

/** A client certificate that is out of date; nobody need have signed it, for the client itself sees that first. */
function expiredCertificate(folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  const [key, certificate] = [join(folder, 'expired.key'), join(folder, 'expired.crt')];
  if (!existsSync(certificate)) {
    const request = join(folder, 'expired.csr');
    const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, '-subj', '/CN=expired');
    openssl('x509', '-req', '-in', request, '-signkey', key, '-days', '-1', '-out', certificate);
  }
  return { 'client-certificate': certificate, 'client-key': key };
}
