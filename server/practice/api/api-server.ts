import type { AddressInfo } from 'node:net';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { parse as parseYaml } from 'yaml';
import type { ObjectStore } from '../store/object-store.ts';
import type { NewObject } from '../store/stored-object.ts';
import { type PracticeUser, requireAllowed } from './access.ts';
import { discover, openApi } from './discovery.ts';
import { parsePath, type RequestInfo } from './request-info.ts';
import { apiVersionOf, findResource, type Resource } from './resources.ts';
import { review } from './reviews.ts';
import { StatusError, toStatusError } from './status.ts';
import { toTable, wantsTable } from './table.ts';
import { type ResourceRequest, selectorOf, Verbs } from './verbs.ts';
import { watchStream } from './watch-stream.ts';

export interface ApiServerOptions {
  store: ObjectStore;
  tls: { key: string; cert: string };
  /** By bearer token. */
  users: ReadonlyMap<string, PracticeUser>;
  version: string;
  port: number;
}

export interface ApiServer {
  port: number;
  close(): Promise<void>;
}

/** etcd's limit for an object is 1.5 MiB; the real server takes requests of twice that. */
const maxBodyBytes = 3 * 1024 * 1024;
/** Open to all, as on a real cluster: they say only that the server lives, and which it is. */
const openPaths = new Set(['/healthz', '/livez', '/readyz', '/version']);

/** Listens on this machine alone. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const app = fastify({
    https: options.tls,
    logger: false,
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => void sendStatus(reply, toHttpError(error)),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (request: FastifyRequest, body: string) =>
    parseBody(request.headers['content-type'] ?? '', body),
  );
  app.setErrorHandler((error, _request, reply) => sendStatus(reply, toHttpError(error)));
  app.setNotFoundHandler((_request, reply) =>
    sendStatus(reply, new StatusError('NotFound', 'the server could not find the requested resource')),
  );
  const api = new PracticeApi(options);
  app.all('/*', (request, reply) => api.handle(request, reply));
  app.all('/', (request, reply) => api.handle(request, reply));
  await app.listen({ host: '127.0.0.1', port: options.port });
  return { port: (app.server.address() as AddressInfo).port, close: () => closeAll(app, api) };
}

async function closeAll(app: FastifyInstance, api: PracticeApi): Promise<void> {
  api.endWatches();
  await app.close();
}

class PracticeApi {
  readonly #options: ApiServerOptions;
  readonly #verbs: Verbs;
  readonly #watches = new Set<() => void>();

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#verbs = new Verbs(options.store);
  }

  endWatches(): void {
    for (const end of this.#watches) end();
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const url = new URL(request.url, 'https://practice');
    if (openPaths.has(url.pathname))
      return url.pathname === '/version' ? this.#version() : reply.type('text/plain').send('ok');
    const user = this.#authenticate(request);
    const document =
      request.method === 'GET' ? (discover(trimSlash(url.pathname)) ?? openApi(trimSlash(url.pathname))) : undefined;
    if (document !== undefined) return document;
    const info = parsePath(url.pathname);
    if (info === undefined) throw new StatusError('NotFound', 'the server could not find the requested resource');
    if (request.method === 'POST') {
      const answer = review(user, info.plural, (request.body ?? {}) as NewObject);
      if (answer !== undefined) return reply.code(201).send(answer);
    }
    return this.#serve(user, info, url.searchParams, request, reply);
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

  #authenticate(request: FastifyRequest): PracticeUser {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const user = token === undefined ? undefined : this.#options.users.get(token);
    if (user === undefined) throw new StatusError('Unauthorized', 'Unauthorized');
    return user;
  }

  #serve(
    user: PracticeUser,
    info: RequestInfo,
    query: URLSearchParams,
    request: FastifyRequest,
    reply: FastifyReply,
  ): unknown {
    const resource = findResource(info.group, info.version, info.plural);
    if (resource === undefined) throw new StatusError('NotFound', 'the server could not find the requested resource');
    if (info.subresource !== undefined && !resource.subresources.includes(info.subresource)) {
      throw new StatusError('NotFound', 'the server could not find the requested resource');
    }
    const verb = verbOf(request.method, info, query);
    requireAllowed(user, { ...info, verb });
    const target: ResourceRequest = {
      resource,
      namespace: info.namespace,
      name: info.name,
      subresource: info.subresource,
      query,
    };
    const asTable = wantsTable(request.headers.accept);
    const body = (request.body ?? {}) as NewObject;
    const one = (object: ReturnType<Verbs['get']>) =>
      asTable ? toTable(resource, [object], { resourceVersion: object.metadata.resourceVersion }) : object;
    switch (verb) {
      case 'watch':
        return this.#watch(target, asTable, request, reply);
      case 'list': {
        const { items, metadata } = this.#verbs.list(target);
        return asTable ? toTable(resource, items, metadata) : toList(resource, items, metadata);
      }
      case 'get':
        return one(this.#verbs.get(target));
      case 'create':
        return reply.code(201).send(one(this.#verbs.create(target, body)));
      case 'update':
        return one(this.#verbs.update(target, body));
      case 'patch':
        return one(this.#verbs.patch(target, request.headers['content-type'] ?? '', request.body));
      case 'delete': {
        const { metadata } = this.#verbs.remove(target);
        return {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Success',
          details: { name: metadata.name, kind: resource.plural, uid: metadata.uid },
        };
      }
      case 'deletecollection': {
        const { items, metadata } = this.#verbs.removeAll(target);
        return toList(resource, items, metadata);
      }
    }
  }

  #watch(target: ResourceRequest, asTable: boolean, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { query, resource, namespace } = target;
    const matches = selectorOf(target);
    const seconds = Number(query.get('timeoutSeconds') ?? 0);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });
    raw.flushHeaders();
    let stop: () => void = () => {};
    const end = () => {
      stop();
      clearTimeout(timer);
      this.#watches.delete(end);
      raw.end();
    };
    // As the real server: no watch lasts for ever, half an hour where the client names no time.
    const timer = setTimeout(end, (seconds > 0 ? seconds : 1_800) * 1_000);
    this.#watches.add(end);
    request.raw.on('close', end);
    stop = watchStream(
      this.#options.store,
      {
        resource,
        namespace,
        matches,
        resourceVersion: query.get('resourceVersion') ?? '',
        sendInitialEvents: query.get('sendInitialEvents') === 'true',
        allowBookmarks: query.get('allowWatchBookmarks') === 'true',
        asTable,
      },
      (line) => raw.write(line),
      end,
    );
    return reply;
  }
}

type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

function verbOf(method: string, { name }: RequestInfo, query: URLSearchParams): Verb {
  const isNamed = name !== undefined;
  switch (method) {
    case 'GET':
    case 'HEAD':
      return ['true', '1'].includes(query.get('watch') ?? '') ? 'watch' : isNamed ? 'get' : 'list';
    case 'POST':
      if (!isNamed) return 'create';
      break;
    case 'PUT':
      if (isNamed) return 'update';
      break;
    case 'PATCH':
      if (isNamed) return 'patch';
      break;
    case 'DELETE':
      return isNamed ? 'delete' : 'deletecollection';
  }
  throw new StatusError('MethodNotAllowed', 'the server does not allow this method on the requested resource');
}

function toList(resource: Resource, items: object[], metadata: object): object {
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items };
}

function parseBody(contentType: string, body: string): unknown {
  if (body === '') return undefined;
  if (contentType.includes('protobuf') || contentType.includes('cbor')) {
    throw new StatusError('UnsupportedMediaType', `the practice cluster reads JSON and YAML, not ${contentType}`);
  }
  try {
    return contentType.includes('yaml') ? parseYaml(body) : JSON.parse(body);
  } catch (error) {
    throw new StatusError('BadRequest', `the body is not valid: ${error instanceof Error ? error.message : error}`);
  }
}

function toHttpError(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  // Fastify's own refusals: a body that is too large, a path that is no URL.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500 && error instanceof Error) return new StatusError('BadRequest', error.message);
  return toStatusError(error, {});
}

function sendStatus(reply: FastifyReply, error: StatusError): FastifyReply {
  return reply.code(error.code).type('application/json').send(error.toJSON());
}

function trimSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
