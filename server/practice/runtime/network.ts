import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../images/libraries.ts';
import { noEnvironment } from './tools.ts';

const run = promisify(execFile);

/** kubeadm's examples use this range for pods. */
const firstTwo = '10.244';
const gateway = `${firstTwo}.0.1`;

export interface PodAddress {
  ip: string;
  /** Allows another pod to get the address. */
  release(): void;
}

/**
 * The network between pods: a bridge in the node's own network namespace, with a cable to each pod. It needs iproute2;
 * without it pods have only their loopback.
 */
export class PodNetwork {
  readonly #holder: ChildProcess;
  readonly #ip: string;
  readonly #used = new Set<number>();
  #last = 1;

  private constructor(holder: ChildProcess, ip: string) {
    this.#holder = holder;
    this.#ip = ip;
  }

  /** Returns undefined if the machine has no iproute2. */
  static async create(): Promise<PodNetwork | undefined> {
    const ip = findProgram('ip');
    if (ip === undefined) return undefined;
    // The process lives as long as our end of its stdin is open.
    const holder = spawn('/usr/bin/unshare', ['--net', '/bin/sh', '-c', 'echo ready; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: noEnvironment,
    });
    await new Promise<void>((resolve, reject) => {
      holder.stdout?.once('data', () => resolve());
      holder.once('exit', () => reject(new Error('the network namespace of the node could not be made')));
    });
    const network = new PodNetwork(holder, ip);
    await network.#batch(holder.pid ?? 0, [
      'link set lo up',
      'link add bridge0 type bridge',
      `addr add ${gateway}/16 dev bridge0`,
      'link set bridge0 up',
    ]);
    return network;
  }

  /** The node's own address. */
  get gateway(): string {
    return gateway;
  }

  /** The pid of the process that holds the node's network namespace. */
  get pid(): number {
    return this.#holder.pid ?? 0;
  }

  /** Gives a sandbox's pod an interface `eth0` with its own address. */
  async connect(sandboxPid: number): Promise<PodAddress> {
    const number = this.#next();
    const ip = `${firstTwo}.${number >> 8}.${number & 255}`;
    await this.#batch(this.pid, [
      `link add veth${number} type veth peer name eth0 netns ${sandboxPid}`,
      `link set veth${number} master bridge0 up`,
    ]);
    await this.#batch(sandboxPid, [
      `addr add ${ip}/16 dev eth0`,
      'link set eth0 up',
      `route add default via ${gateway}`,
    ]);
    return { ip, release: () => this.#used.delete(number) };
  }

  /** Skips the address that was just given back, because its old users must not meet another pod there. */
  #next(): number {
    do this.#last = this.#last >= 65_533 ? 2 : this.#last + 1;
    while (this.#used.has(this.#last));
    this.#used.add(this.#last);
    return this.#last;
  }

  async #batch(pid: number, lines: string[]): Promise<void> {
    const promise = run('/usr/bin/nsenter', [`--net=/proc/${pid}/ns/net`, '--', this.#ip, '-batch', '-']);
    promise.child.stdin?.on('error', () => {
      // The program has ended already, and its error message follows.
    });
    promise.child.stdin?.end(`${lines.join('\n')}\n`);
    await promise;
  }
}
