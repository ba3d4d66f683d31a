import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { PracticeUser } from './rbac.ts';
import { StatusError } from './status.ts';

/** A browser's WebSocket can't send headers, so the token may come as a subprotocol (apiserver pkg/authentication). */
const subprotocolPrefix = 'base64url.bearer.authorization.k8s.io.';

/** Finds the user of a request by its bearer token. */
export class Authentication {
  readonly #users: Map<string, PracticeUser>;

  constructor(users: ReadonlyMap<string, PracticeUser>) {
    this.#users = new Map(users);
  }

  /** Throws 401 without a known token. */
  userOf(headers: IncomingHttpHeaders): PracticeUser {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? tokenOfProtocols(headers);
    const user = token === undefined ? undefined : this.#users.get(token);
    if (user === undefined) throw new StatusError('Unauthorized', 'Unauthorized');
    return user;
  }

  /** Issues a token for a service account. It is valid as long as the cluster runs. */
  issue(namespace: string, name: string): string {
    const token = randomBytes(24).toString('base64url');
    this.#users.set(token, {
      name: `system:serviceaccount:${namespace}:${name}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    });
    return token;
  }
}

function tokenOfProtocols(headers: IncomingHttpHeaders): string | undefined {
  const encoded = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .find((one) => one.startsWith(subprotocolPrefix));
  return encoded && Buffer.from(encoded.slice(subprotocolPrefix.length), 'base64url').toString();
}
