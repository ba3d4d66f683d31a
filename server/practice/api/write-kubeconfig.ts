import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { PracticeCredentials } from './new-credentials.ts';

/** Writes a kubeconfig with a context for each user. Only the file's owner may read it. */
export function writeKubeconfig(path: string, port: number, { tls, users }: PracticeCredentials): void {
  const names = [...users].map(([token, { name }]) => ({ token, name }));
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'practice',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': Buffer.from(tls.cert).toString('base64'),
        },
      },
    ],
    users: names.map(({ token, name }) => ({ name, user: { token } })),
    contexts: names.map(({ name }) => ({
      name: `practice-${name}`,
      context: { cluster: 'practice', user: name, namespace: 'default' },
    })),
    'current-context': 'practice-admin',
  };
  writeFileSync(path, stringify(config), { mode: 0o600 });
}
