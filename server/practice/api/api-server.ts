import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { parse as parseYaml } from 'yaml';
import { decodeProtobuf } from '../schema/decode-protobuf.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { serveStream } from '../streams/serve-stream.ts';
import { Authentication } from './authentication.ts';
import { Authorizer } from './authorizer.ts';
import { discover } from './discovery.ts';
import type { NodeApi } from './node-api.ts';
import { openApi, openApiV2 } from './open-api.ts';
import type { PracticeUser } from './rbac.ts';
import { parsePath } from './request-info.ts';
import { ResourceHandler } from './resource-handler.ts';
import { isGroupVersion } from './resources.ts';
import { review } from './reviews.ts';
import { StatusError, toStatusError } from './status.ts';

export interface ApiServerOptions {
  store: ObjectStore;
  tls: { key: string; cert: string };
  /** The users by their bearer tokens. */
  users: ReadonlyMap<string, PracticeUser>;
  node: NodeApi;
  version: string;
  port: number;
}

export interface ApiServer {
  port: number;
  close(): Promise<void>;
}

/** Twice etcd's limit of 1.5 MiB for an object, as on the real server. */
const maxBodyBytes = 3 * 1024 * 1024;
/**
 * Everyone may read these, as on a real cluster, because they only say that the server lives and which version it is.
 */
const openPaths = new Set(['/healthz', '/livez', '/readyz', '/version']);

/** Listens only on this machine. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const app = fastify({
    https: options.tls,
    logger: false,
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => void sendStatus(reply, toHttpError(error)),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    parseBody(request.headers['content-type'] ?? '', body),
  );
  app.setErrorHandler((error, _request, reply) => sendStatus(reply, toHttpError(error)));
  app.setNotFoundHandler((_request, reply) => sendStatus(reply, notFound()));
  const api = new PracticeApi(options);
  app.all('/*', (request, reply) => api.handle(request, reply));
  app.all('/', (request, reply) => api.handle(request, reply));
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    api.upgrade(request, socket, head),
  );
  await app.listen({ host: '127.0.0.1', port: options.port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the API server does not listen');
  return { port: address.port, close: () => closeAll(app, api) };
}

async function closeAll(app: FastifyInstance, api: PracticeApi): Promise<void> {
  api.close();
  await app.close();
}

class PracticeApi {
  readonly #options: ApiServerOptions;
  readonly #authentication: Authentication;
  readonly #authorizer: Authorizer;
  readonly #resources: ResourceHandler;
  readonly #streams = new Set<Duplex>();

  constructor(options: ApiServerOptions) {
    const { store, users, node } = options;
    this.#options = options;
    this.#authentication = new Authentication(users);
    this.#authorizer = new Authorizer(store);
    this.#resources = new ResourceHandler({
      store,
      node,
      authorizer: this.#authorizer,
      authentication: this.#authentication,
    });
  }

  close(): void {
    this.#resources.endWatches();
    for (const socket of this.#streams) socket.destroy();
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const url = urlOf(request.url);
    if (openPaths.has(url.pathname))
      return url.pathname === '/version' ? this.#version() : reply.type('text/plain').send('ok');
    const user = this.#authentication.userOf(request.headers);
    const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname;
    if (path === '/openapi/v2')
      return reply.type('application/com.github.proto-openapi.spec.v2@v1.0+protobuf').send(openApiV2());
    const document = request.method === 'GET' ? (discover(path) ?? openApi(path)) : undefined;
    if (document !== undefined) return document;
    const info = parsePath(url.pathname);
    if (info === undefined) throw notFound();
    if (request.method === 'POST') {
      const answer = review(this.#authorizer, { user, plural: info.plural, body: Object(request.body ?? {}) });
      if (answer !== undefined) return reply.code(201).send(answer);
    }
    if (!isGroupVersion(info.group, info.version))
      return reply.code(404).type('text/plain').send('404 page not found\n');
    const target = this.#resources.authorize(user, info, { method: request.method, query: url.searchParams });
    if (['exec', 'attach', 'portforward'].includes(target.subresource ?? '')) throw upgradeRequired();
    return this.#resources.serve(target, request, reply);
  }

  /** Serves exec, attach and port-forward. Refusals are plain http answers, as the real server gives them. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#streams.add(socket);
    socket.on('close', () => this.#streams.delete(socket));
    socket.on('error', () => socket.destroy());
    this.#openStream(request, socket, head).catch((error: unknown) => refuse(socket, toHttpError(error)));
  }

  async #openStream(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = urlOf(request.url ?? '/');
    const user = this.#authentication.userOf(request.headers);
    const info = parsePath(url.pathname);
    if (info === undefined) throw notFound();
    const call = { method: request.method ?? 'GET', query: url.searchParams };
    const target = this.#resources.authorize(user, info, call);
    const { subresource } = target;
    if (subresource !== 'exec' && subresource !== 'attach' && subresource !== 'portforward')
      throw new StatusError('BadRequest', 'only exec, attach and portforward can be upgraded');
    const pod = this.#resources.podOf(target);
    await serveStream({ node: this.#options.node, pod, subresource, query: url.searchParams, request, socket, head });
  }

  #version(): object {
    const [major = '1', minor = ''] = this.#options.version.replace(/^v/, '').split('.');
    return {
      major,
      minor,
      gitVersion: this.#options.version,
      platform: `${process.platform}/${process.arch}`,
      goVersion: '',
      compiler: '',
      gitCommit: '',
      gitTreeState: '',
      buildDate: '',
    };
  }
}

function urlOf(target: string): URL {
  try {
    return new URL(target, 'https://practice');
  } catch {
    throw new StatusError('BadRequest', 'the path of the request is not a path');
  }
}

function notFound(): StatusError {
  return new StatusError('NotFound', 'the server could not find the requested resource');
}

function upgradeRequired(): StatusError {
  return new StatusError('BadRequest', 'Upgrade request required');
}

function parseBody(contentType: string, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (contentType.includes('cbor'))
    throw new StatusError(
      'UnsupportedMediaType',
      `the practice cluster reads JSON, YAML and protobuf, not ${contentType}`,
    );
  try {
    if (contentType.includes('protobuf')) return decodeProtobuf(body);
    const text = body.toString('utf8');
    // maxAliasCount: a few bytes of YAML could expand to a billion.
    return contentType.includes('yaml') ? parseYaml(text, { maxAliasCount: 100 }) : JSON.parse(text);
  } catch (error) {
    throw new StatusError('BadRequest', `the body is not valid: ${error instanceof Error ? error.message : error}`);
  }
}

function toHttpError(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  // Fastify itself refuses bodies that are too large and paths that are not URLs.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500 && error instanceof Error) return new StatusError('BadRequest', error.message);
  const known = toStatusError(error, {});
  if (known.reason === 'InternalError') console.error(error);
  return known;
}

function sendStatus(reply: FastifyReply, error: StatusError): FastifyReply {
  return reply.code(error.code).type('application/json').send(error.toJSON());
}

function refuse(socket: Duplex, error: StatusError): void {
  const body = JSON.stringify(error.toJSON());
  if (socket.writable)
    socket.end(
      `HTTP/1.1 ${error.code} ${error.reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
}
