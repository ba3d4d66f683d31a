import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { generate } from 'selfsigned';
import { stringify } from 'yaml';
import type { PracticeUser } from './access.ts';

export interface PracticeCredentials {
  tls: { key: string; cert: string };
  /** By bearer token. */
  users: Map<string, PracticeUser>;
}

/** A certificate for this machine and a token for each user, new with every start: nothing of it is worth keeping. */
export async function newCredentials(): Promise<PracticeCredentials> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'ephemera-practice' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const token = () => randomBytes(24).toString('base64url');
  const users = new Map<string, PracticeUser>([
    [token(), { name: 'admin', groups: ['system:masters', 'system:authenticated'] }],
    [token(), { name: 'viewer', groups: ['system:authenticated'] }],
  ]);
  return { tls: { key, cert }, users };
}

/** Writes a kubeconfig with a context for each user; only its owner may read it. */
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
