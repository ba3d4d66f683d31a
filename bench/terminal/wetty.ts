import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import type { BenchTerminal } from './terminals.ts';

/** A peer: a terminal in a browser for a shell on its own machine (github.com/butlerx/wetty). For this benchmark alone. */
const version = '3.2.0';
const folder = join(import.meta.dirname, '../../node_modules/.cache', `wetty-${version}`);

/** `cat` in wetty, as its page has it. */
export async function throughWetty(): Promise<BenchTerminal> {
  install();
  const port = await freePort();
  const main = join(folder, 'node_modules/wetty/build/main.js');
  const child = spawn(process.execPath, [main, '--host', '127.0.0.1', '--port', String(port), '--command', 'cat'], {
    stdio: 'ignore',
  });
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    // Until it listens, which takes a second.
    reconnectionDelay: 100,
    reconnectionDelayMax: 100,
    reconnectionAttempts: 100,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('login', resolve);
    socket.io.once('reconnect_failed', () => reject(new Error('wetty does not answer on its port')));
    child.once('exit', (code) => reject(new Error(`wetty ended with ${code} before anybody was logged in`)));
  });
  return {
    write: (text) => void socket.emit('input', text),
    onOutput(listener) {
      socket.off('data').on('data', (text: string) => {
        listener(Buffer.from(text));
        socket.emit('commit', text.length);
      });
    },
    close: async () => {
      socket.disconnect();
      child.removeAllListeners('exit');
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

function install(): void {
  if (existsSync(join(folder, 'node_modules/wetty'))) return;
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `wetty@${version}`];
  const { status, stderr } = spawnSync('npm', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`wetty could not be installed from the registry: ${stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
