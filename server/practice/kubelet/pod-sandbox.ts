import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CreatedContainer, createContainer } from '../runtime/container.ts';
import { kill } from '../runtime/kill.ts';
import type { PodAddress } from '../runtime/network.ts';
import { defaultCapabilities } from '../runtime/privileges.ts';
import type { Pod } from '../store/pod.ts';
import { ConfigError, hostNameOf } from './environment.ts';
import type { NodeContext } from './node-context.ts';
import { podFolder } from './start-container.ts';
import { makeVolumes } from './volumes.ts';

/** The shared parts of a pod: the process that holds its namespaces, its address, and its volumes. */
export class PodSandbox {
  readonly #container: CreatedContainer;
  readonly #address: PodAddress | undefined;

  private constructor(container: CreatedContainer, address: PodAddress | undefined) {
    this.#container = container;
    this.#address = address;
  }

  /**
   * Throws ConfigError if the node can't provide what the pod asks for, and ContainerError if the sandbox can't be
   * made.
   */
  static async create(node: NodeContext, pod: Pod): Promise<PodSandbox> {
    const { hostNetwork } = pod.spec;
    const { network } = node;
    if (hostNetwork && network === undefined)
      throw new ConfigError('hostNetwork needs iproute2 on this machine: the practice node has a network only with it');
    const volumes = join(podFolder(node, pod), 'volumes');
    mkdirSync(volumes, { recursive: true });
    makeVolumes(node.store, pod, volumes);
    // This mount tells observers on the node to which pod a process belongs, because there is no cgroup to tell it.
    const hosts = join(podFolder(node, pod), 'etc-hosts');
    writeFileSync(hosts, '127.0.0.1\tlocalhost\n');
    const container = await createContainer(node.pipes, {
      folder: join(podFolder(node, pod), 'sandbox'),
      image: node.pause,
      namespaces: { kind: 'sandbox', hostname: hostNameOf(pod) },
      mounts: [{ type: 'bind', source: hosts, target: '/etc/hosts', options: '' }],
      etc: {},
      argv: ['/pause'],
      env: { PATH: '/' },
      workingDir: '/',
      privileges: { uid: 0, gid: 0, groups: [], capabilities: defaultCapabilities, noNewPrivileges: false },
      // The process reads from a pipe that stays empty, so it lives as long as we hold the other end.
      stdin: true,
      tty: false,
    });
    try {
      const address = hostNetwork ? undefined : await network?.connect(container.pid);
      container.start();
      return new PodSandbox(container, address);
    } catch (error) {
      kill(container.pid);
      throw error;
    }
  }

  get pid(): number {
    return this.#container.pid;
  }

  /** The pod's own address; undefined with the node's network, and without any network. */
  get ip(): string | undefined {
    return this.#address?.ip;
  }

  /** Resolves when the sandbox's process has ended, by `remove` or otherwise. */
  get ended(): Promise<unknown> {
    return this.#container.process.exited;
  }

  remove(): void {
    this.#address?.release();
    kill(this.pid);
  }
}
