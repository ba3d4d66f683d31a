import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The parts of a review that an answer repeats. */
interface AdmissionReview {
  apiVersion: string;
  kind: string;
  request: { uid: string };
}

/** An admission webhook on this machine. It refuses everything with the same message. */
export class RefusingWebhook implements AsyncDisposable {
  readonly #server: Server;
  readonly #certificate: Buffer;

  private constructor(server: Server, certificate: Buffer) {
    this.#server = server;
    this.#certificate = certificate;
  }

  static async start(message: string): Promise<RefusingWebhook> {
    const { key, certificate } = await makeCertificate();
    const server = createServer({ key, cert: certificate }, (request, response) => {
      void refuse(request, response, message);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RefusingWebhook(server, certificate);
  }

  /** How an API server on this machine reaches it. */
  get clientConfig(): { url: string; caBundle: string } {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the webhook has stopped');
    return { url: `https://127.0.0.1:${address.port}/`, caBundle: this.#certificate.toString('base64') };
  }

  /** From now on connections to it are refused. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    // The API server keeps its connection to ask again.
    this.#server.closeAllConnections();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

async function refuse(request: IncomingMessage, response: ServerResponse, message: string): Promise<void> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const { apiVersion, kind, request: asked }: AdmissionReview = JSON.parse(body);
  const answer = { uid: asked.uid, allowed: false, status: { message } };
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ apiVersion, kind, response: answer }));
}

async function makeCertificate(): Promise<{ key: Buffer; certificate: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'ephemera-webhook-'));
  try {
    const words = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=webhook -addext subjectAltName=IP:127.0.0.1';
    await promisify(execFile)('openssl', [...words.split(' '), '-keyout', 'key.pem', '-out', 'cert.pem'], {
      cwd: folder,
    });
    return { key: await readFile(join(folder, 'key.pem')), certificate: await readFile(join(folder, 'cert.pem')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
