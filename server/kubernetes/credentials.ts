import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { AppError } from '#lib/protocol/errors.ts';
import { execPluginAuth } from './exec-plugin.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';

/** What every connection to the API server needs: TLS material and the headers that say who we are. */
export type ConnectionOptions = Pick<
  RequestOptions,
  'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername' | 'agent'
> & {
  headers: Record<string, string>;
};

/** Turns a user and a cluster of a kubeconfig into connection options, anew each time: tokens in files are rotated. */
export class Credentials {
  readonly #cluster: ClusterEntry;
  readonly #user: UserEntry;
  readonly #userName: string;
  #plugin: ReturnType<typeof execPluginAuth> | undefined;

  constructor(cluster: ClusterEntry, user: UserEntry, userName: string) {
    this.#cluster = cluster;
    this.#user = user;
    this.#userName = userName;
  }

  /** True where a refused credential can be replaced by asking a plugin again. */
  get isRenewable(): boolean {
    return Boolean(this.#user.exec);
  }

  /** Forgets what a plugin gave. */
  renew(): void {
    this.#plugin = undefined;
  }

  async connectionOptions(): Promise<ConnectionOptions> {
    const options: ConnectionOptions = { headers: {} };
    await this.#addTls(options);
    await this.#addIdentity(options);
    if (this.#user['auth-provider'] || this.#cluster['proxy-url']) await this.#addByClientLibrary(options);
    return options;
  }

  /** When the client certificate ran out, for the words of a 401; undefined where there is none or it is valid. */
  async expiredCertificate(): Promise<Date | undefined> {
    const options = await this.connectionOptions();
    if (typeof options.cert !== 'string' && !Buffer.isBuffer(options.cert)) return undefined;
    const end = new Date(new X509Certificate(options.cert).validTo);
    return end.getTime() < Date.now() ? end : undefined;
  }

  async #addTls(options: ConnectionOptions): Promise<void> {
    const cluster = this.#cluster;
    if (cluster['insecure-skip-tls-verify']) options.rejectUnauthorized = false;
    if (cluster['tls-server-name']) options.servername = cluster['tls-server-name'];
    const ca = await fileOrData(cluster['certificate-authority'], cluster['certificate-authority-data']);
    if (ca) options.ca = ca;
    const cert = await fileOrData(this.#user['client-certificate'], this.#user['client-certificate-data']);
    if (cert) options.cert = cert;
    const key = await fileOrData(this.#user['client-key'], this.#user['client-key-data']);
    if (key) options.key = key;
  }

  async #addIdentity(options: ConnectionOptions): Promise<void> {
    const user = this.#user;
    // client-go: a token file wins over a token, for it may be rotated.
    const token = user.tokenFile ? (await readConfigured(user.tokenFile)).toString('utf8').trim() : user.token;
    if (token) options.headers['Authorization'] = `Bearer ${token}`;
    else if (user.username) {
      const basic = Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64');
      options.headers['Authorization'] = `Basic ${basic}`;
    }
    if (user.exec) {
      this.#plugin ??= execPluginAuth(this.#userName, user.exec, this.#cluster);
      await this.#plugin(options);
    }
    if (user.as) options.headers['Impersonate-User'] = user.as;
  }

  /** Proxies and the old auth providers (OIDC) are rare; the whole client library (90 MB) is loaded only for them. */
  async #addByClientLibrary(options: ConnectionOptions): Promise<void> {
    const { KubeConfig } = await import('@kubernetes/client-node');
    const config = new KubeConfig();
    const proxyUrl = this.#cluster['proxy-url'];
    const provider = this.#user['auth-provider'];
    config.loadFromClusterAndUser(
      {
        name: 'cluster',
        server: this.#cluster.server,
        skipTLSVerify: this.#cluster['insecure-skip-tls-verify'] === true,
        ...(proxyUrl ? { proxyUrl } : {}),
      },
      { name: this.#userName, ...(provider ? { authProvider: provider } : {}) },
    );
    const { agent: _, ...withoutAgent } = options;
    const applied: RequestOptions = { ...withoutAgent };
    await config.applyToHTTPSOptions(applied);
    Object.assign(options.headers, applied.headers);
    if (proxyUrl && applied.agent) options.agent = applied.agent;
  }
}

async function fileOrData(
  file: string | null | undefined,
  base64: string | null | undefined,
): Promise<Buffer | undefined> {
  // client-go: data wins over a file.
  if (base64) return Buffer.from(base64, 'base64');
  return file ? readConfigured(file) : undefined;
}

async function readConfigured(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AppError('bad-kubeconfig', `The kubeconfig names ${path}, which can't be read.`, {
      cause,
      next: 'Put the file there or mend the path in the kubeconfig, then try again.',
    });
  }
}
