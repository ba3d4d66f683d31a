import { randomBytes } from 'node:crypto';
import { generate } from 'selfsigned';
import type { PracticeUser } from './rbac.ts';

export interface PracticeCredentials {
  tls: { key: string; cert: string };
  /** The users by their bearer tokens. */
  users: Map<string, PracticeUser>;
}

/**
 * Makes a certificate for this machine and a token for each user. Every start makes new ones, so none has to be stored.
 */
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
