import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { noEnvironment } from './tools.ts';

const script = join(import.meta.dirname, 'relay-main.mjs');

/** Makes connections inside other network namespaces. A process stays in each used namespace for a while. */
export class Relays {
  readonly #folder: string;
  readonly #node: string;
  /** Relays by network namespace, because a pid may belong to another process later. */
  readonly #relays = new Map<string, Promise<string>>();
  #count = 0;

  constructor(folder: string, node: string) {
    this.#folder = folder;
    this.#node = node;
  }

  /** Connects to host and port like a process in the network namespace of `pid`. Rejects with the reason. */
  async connect(pid: number, host: string, port: number): Promise<Socket> {
    const socket = createConnection({ path: await this.#relayIn(pid), allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => socket.write(`${JSON.stringify([host, port])}\n`));
      let line = '';
      const read = () => {
        // Reads one byte at a time, because the bytes after the line belong to the peer.
        for (let byte: Buffer | null = socket.read(1); byte !== null; byte = socket.read(1)) {
          if (byte[0] !== 10) line += byte.toString('latin1');
          else {
            socket.off('readable', read);
            socket.off('error', reject);
            if (line === 'ok') resolve();
            else reject(new Error(line));
            return;
          }
        }
      };
      socket.on('readable', read);
      socket.once('end', () => reject(new Error(line || 'the connection was closed')));
    }).catch((error: unknown) => {
      socket.destroy();
      throw error;
    });
    return socket;
  }

  #relayIn(pid: number): Promise<string> {
    const namespace = readlinkSync(`/proc/${pid}/ns/net`);
    const known = this.#relays.get(namespace);
    if (known !== undefined) return known;
    const path = `${this.#folder}/relay-${this.#count++}`;
    const child = spawn('/usr/bin/nsenter', [`--net=/proc/${pid}/ns/net`, '--', this.#node, script, path], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: noEnvironment,
    });
    child.stdin?.on('error', () => {
      // The relay ended by itself, and the next connection starts another one.
    });
    const ready = new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', () => resolve(path));
      child.once('exit', () => {
        this.#relays.delete(namespace);
        reject(new Error('the relay into the pod’s network ended'));
      });
    });
    this.#relays.set(namespace, ready);
    return ready;
  }
}
