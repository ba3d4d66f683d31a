import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import WebSocket from 'ws';
import { ClusterRegistry } from '#server/kubernetes/cluster-registry.ts';
import { openContainerStream } from '#server/kubernetes/container-stream.ts';
import type { BenchPod, BenchTerminal } from './terminals.ts';

/** Straight to the API server from this process, without the dashboard's server between: the cluster's own share. */
export async function throughApiServer(
  { namespace, pod, container }: BenchPod,
  command: string[],
): Promise<BenchTerminal> {
  const clusters = new ClusterRegistry({ file: undefined, context: undefined, namespace: undefined, env: process.env });
  let listen: (bytes: Uint8Array) => void = () => {};
  const stream = await openContainerStream(
    clusters.get('admin'),
    { kind: 'exec', namespace, pod, container, command, stdin: true, tty: true },
    { onOutput: (bytes) => listen(bytes), onEnd() {} },
  );
  return {
    write: (text) => void stream.write(Buffer.from(text)),
    onOutput(listener) {
      listen = listener;
    },
    close: async () => {
      stream.close();
      clusters.close();
    },
  };
}

/** A process that only sends back what it gets: the least that a hop over a WebSocket costs on this machine. */
export async function throughEchoServer(): Promise<BenchTerminal> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'echo-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const socket = new WebSocket(`ws://127.0.0.1:${String(port).trim()}`, { perMessageDeflate: false });
  await once(socket, 'open');
  return {
    write: (text) => socket.send(Buffer.from(text)),
    onOutput(listener) {
      socket.removeAllListeners('message').on('message', (message: Buffer) => listener(message));
    },
    close: async () => {
      socket.terminate();
      child.kill();
    },
  };
}
