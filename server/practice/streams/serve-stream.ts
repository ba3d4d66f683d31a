import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import type { NodeApi, RemoteProcess } from '../api/node-api.ts';
import { queryFlag } from '../api/query-flag.ts';
import { StatusError } from '../api/status.ts';
import type { Pod } from '../store/pod.ts';
import { bridge, type ClientStreams } from './bridge.ts';
import { channelClient } from './channel-client.ts';
import { toEndStatus, toFailureStatus } from './exit-status.ts';
import { forwardOverChannels, forwardOverSpdy } from './forward-ports.ts';
import { spdyClient } from './spdy-client.ts';

export interface StreamCall {
  node: NodeApi;
  pod: Pod;
  subresource: 'exec' | 'attach' | 'portforward';
  query: URLSearchParams;
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

const channelProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const tunnelProtocol = 'SPDY/3.1+portforward.k8s.io';
const spdyExecProtocol = 'v4.channel.k8s.io';
const spdyForwardProtocol = 'portforward.k8s.io';
/** All known clients send input in frames of at most 32 KiB, and browsers cut the largest paste into such frames. */
const maxFrameBytes = 1024 * 1024;

/**
 * The subprotocol agreed with each client. ws itself only knows names without a slash, and the tunnel's name has one.
 */
const agreed = new WeakMap<IncomingMessage, string>();
const webSockets = new WebSocketServer({
  noServer: true,
  maxPayload: maxFrameBytes,
  perMessageDeflate: false,
  handleProtocols: (_offered, request) => agreed.get(request) ?? false,
});

/**
 * Serves exec, attach and port-forward over a WebSocket or SPDY. Throws before the upgrade if the answer must be plain
 * http.
 */
export async function serveStream(call: StreamCall): Promise<void> {
  const protocol = (call.request.headers.upgrade ?? '').toLowerCase();
  if (protocol !== 'websocket' && protocol !== 'spdy/3.1')
    throw new StatusError('BadRequest', `unable to upgrade: unsupported protocol ${JSON.stringify(protocol)}`);
  const isSpdy = protocol === 'spdy/3.1';
  if (call.subresource === 'portforward') return isSpdy ? forwardSpdy(call) : forwardWebSocket(call);
  const process = await open(call);
  const client = await (isSpdy ? upgradeToSpdy(call) : channelClient(await upgradeToWebSocket(call, channelProtocols)));
  if ('failure' in process) client.finish(process.failure);
  else
    await bridge(only(call.query, client), process.process, (exitCode) =>
      toEndStatus(call.subresource === 'exec' ? exitCode : undefined),
    );
}

/**
 * Opens the process. An error in the request itself is thrown; a failure on the node is reported in the stream, as by a
 * kubelet.
 */
async function open({
  node,
  pod,
  subresource,
  query,
}: StreamCall): Promise<{ process: RemoteProcess } | { failure: object }> {
  const flag = (name: string) => queryFlag(query, name);
  const wanted = {
    container: query.get('container') ?? undefined,
    stdin: flag('stdin'),
    stdout: flag('stdout'),
    stderr: flag('stderr'),
    tty: flag('tty'),
  };
  try {
    if (!wanted.stdin && !wanted.stdout && !wanted.stderr)
      throw new Error('unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr');
    const command = query.getAll('command');
    return {
      process: await (subresource === 'exec' ? node.exec(pod, { ...wanted, command }) : node.attach(pod, wanted)),
    };
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'BadRequest') throw error;
    return { failure: toFailureStatus(error) };
  }
}

/** Limits a client to the streams that it asked for, whatever its protocol could carry. */
function only(query: URLSearchParams, client: ClientStreams): ClientStreams {
  const flag = (name: string) => queryFlag(query, name);
  return {
    ...client,
    stdin: flag('stdin') ? client.stdin : undefined,
    stdout: flag('stdout') ? client.stdout : undefined,
    stderr: flag('stderr') ? client.stderr : undefined,
  };
}

function upgradeToWebSocket({ request, socket, head }: StreamCall, protocols: readonly string[]): Promise<WebSocket> {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  const chosen = protocols.find((one) => offered.includes(one));
  if (chosen === undefined)
    throw new StatusError(
      'BadRequest',
      `unable to upgrade: none of the subprotocols ${JSON.stringify(offered)} is known`,
    );
  agreed.set(request, chosen);
  request.headers['sec-websocket-protocol'] = 'agreed';
  return new Promise((resolve) => webSockets.handleUpgrade(request, socket, head, resolve));
}

function upgradeToSpdy(call: StreamCall): Promise<ClientStreams> {
  acceptSpdy(call, spdyExecProtocol);
  const { query } = call;
  const flag = (name: string) => queryFlag(query, name);
  const expected = [
    'error',
    ...['stdin', 'stdout', 'stderr'].filter((name) => flag(name) && !(name === 'stderr' && flag('tty'))),
  ];
  return spdyClient(call.socket, flag('tty') ? [...expected, 'resize'] : expected);
}

function acceptSpdy({ request, socket, head }: StreamCall, protocol: string): void {
  const offered = String(request.headers['x-stream-protocol-version'] ?? '')
    .split(',')
    .map((one) => one.trim());
  if (!offered.includes(protocol))
    throw new StatusError(
      'Forbidden',
      `unable to upgrade: unable to negotiate protocol: client supports ${JSON.stringify(offered)}, server accepts [${protocol}]`,
    );
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
  );
  if (head.length > 0) socket.unshift(head);
}

function forwardSpdy(call: StreamCall): void {
  acceptSpdy(call, spdyForwardProtocol);
  forwardOverSpdy(call, call.socket);
}

async function forwardWebSocket(call: StreamCall): Promise<void> {
  const socket = await upgradeToWebSocket(call, [tunnelProtocol, ...channelProtocols]);
  if (socket.protocol === tunnelProtocol) {
    const stream = createWebSocketStream(socket);
    stream.on('error', () => stream.destroy());
    forwardOverSpdy(call, stream);
    return;
  }
  const ports = call.query
    .getAll('ports')
    .flatMap((one) => one.split(','))
    .map(Number);
  if (ports.length === 0 || ports.some((port) => !(port > 0 && port < 65_536))) socket.close(1008);
  else forwardOverChannels(call, ports, socket);
}
