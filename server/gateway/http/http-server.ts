import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { Log } from '../../log.ts';
import type { RecordingStore } from '../../recordings/recording-store.ts';
import type { Callers } from '../caller.ts';
import type { Access } from './access.ts';
import { serveCaptures } from './captures.ts';
import { serveLogs } from './container-logs.ts';
import { servePodFiles } from './pod-files.ts';
import { serveRecordings } from './recording-files.ts';
import { loadSite, type SiteFile } from './site.ts';
import { StreamRoutes } from './stream-route.ts';

export interface HttpOptions {
  /** Folder of the exported site. */
  site: string;
  recordings: RecordingStore;
  callers: Callers;
  log: Log;
  /** Known only once the server listens, for it holds the port. */
  access(): Access;
}

const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

const loginWords =
  'This Ephemera asks for its token. Open the address that it printed when it started; it ends in ?token=…\n';

/** Static pages, login by token, and the health check. */
export async function createHttp({ site, recordings, callers, log, access }: HttpOptions): Promise<FastifyInstance> {
  const files = loadSite(site);
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Of each request two lines: what fails is logged where it does.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024,
    // Browsers open connections ahead of need: each would hold up the end by a minute.
    forceCloseConnections: true,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    return guard(request, reply, access());
  });
  app.get('/healthz', async () => 'ok\n');
  await app.register(fastifyStatic, {
    root: join(site, '_next'),
    prefix: '/_next/',
    index: false,
    immutable: true,
    // The names hold a hash of the content.
    maxAge: '365d',
  });
  for (const [path, file] of files) {
    if (path !== '/404') app.get(path, async (_request, reply) => send(reply, file, 200));
  }
  const streams = new StreamRoutes(callers, log);
  serveRecordings(app, streams, recordings);
  serveLogs(app, streams);
  servePodFiles(app, streams);
  serveCaptures(app, streams);
  app.setNotFoundHandler(async (_request, reply) => {
    const page = files.get('/404');
    return page ? send(reply, page, 404) : reply.code(404).send('There is no such page.\n');
  });
  return app;
}

/** Returns the reply where the request ends here. */
async function guard(request: FastifyRequest, reply: FastifyReply, access: Access): Promise<FastifyReply | undefined> {
  if (access.isLocalhost(request.headers) && request.headers.origin === undefined)
    return reply.redirect(access.origin + request.url, 308);
  if (!access.hasOurHost(request.headers) || !access.hasOurOrigin(request.headers)) {
    return reply.code(403).send('Ephemera answers only to its own pages, under 127.0.0.1.\n');
  }
  // Says only that the process lives.
  if (request.url === '/healthz') return undefined;
  const { token, ...rest } = request.query as Record<string, string>;
  if (typeof token === 'string' && access.isToken(token)) {
    // The token leaves the address at once: addresses are copied, shared and kept in histories.
    const query = new URLSearchParams(rest).toString();
    const path = request.url.split('?')[0] ?? '/';
    return reply.header('Set-Cookie', access.cookie).redirect(query === '' ? path : `${path}?${query}`, 303);
  }
  if (access.hasCookie(request.headers)) return undefined;
  return reply.code(401).send(loginWords);
}

function send(reply: FastifyReply, file: SiteFile, status: number): FastifyReply {
  if (file.contentSecurityPolicy !== undefined) reply.header('Content-Security-Policy', file.contentSecurityPolicy);
  return reply.code(status).header('Cache-Control', 'no-store').type(file.type).send(file.body);
}
