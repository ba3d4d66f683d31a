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

/** What all containers of a pod share: the process that holds its namespaces, its address, and its volumes. */
export class PodSandbox {
  readonly #container: CreatedContainer;
  readonly #address: PodAddress | undefined;

  private constructor(container: CreatedContainer, address: PodAddress | undefined) {
    this.#container = container;
    this.#address = address;
  }

  /** Throws ConfigError where the pod asks for what can't be had, ContainerError where it can't be made. */
  static async create(node: NodeContext, pod: Pod): Promise<PodSandbox> {
    const { hostNetwork } = pod.spec;
    const { network } = node;
    if (hostNetwork && network === undefined)
      throw new ConfigError('hostNetwork needs iproute2 on this machine: the practice node has a network only with it');
    const volumes = join(podFolder(node, pod), 'volumes');
    mkdirSync(volumes, { recursive: true });
    makeVolumes(node.store, pod, volumes);
    // Who looks at the node knows by such a mount which pod a process is of: there is no cgroup that tells.
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
      // It reads what never comes, and so lives as long as we hold the other end.
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

  /** undefined with the node's network, and where there is none. */
  get ip(): string | undefined {
    return this.#address?.ip;
  }

  /** Resolves when its process has ended, because of `remove` or otherwise. */
  get ended(): Promise<unknown> {
    return this.#container.process.exited;
  }

  remove(): void {
    this.#address?.release();
    kill(this.pid);
  }
}
