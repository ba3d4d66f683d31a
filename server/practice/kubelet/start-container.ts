import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '../images/image.ts';
import { ContainerError, type ContainerSpec, type Namespaces } from '../runtime/container.ts';
import { RunningContainer } from '../runtime/running-container.ts';
import type { Container, Pod } from '../store/pod.ts';
import type { ContainerRecord } from './container-record.ts';
import { environmentOf, expand, hostNameOf } from './environment.ts';
import type { NodeContext } from './node-context.ts';
import { privilegesOf } from './privileges-of.ts';
import { pullImage } from './pull-image.ts';
import { tellEvent } from './tell-event.ts';
import { volumeMountsOf } from './volumes.ts';

export interface StartRequest {
  node: NodeContext;
  pod: Pod;
  record: ContainerRecord;
  namespaces: Namespaces;
  podIp: string | undefined;
}

/** The folder of a pod's files on the node. */
export function podFolder({ folder }: NodeContext, { metadata }: Pod): string {
  return join(folder, 'pods', metadata.uid);
}

/** One run of a container; `restart` is 0 for the first. */
export interface ContainerRun {
  container: string;
  restart: number;
}

/** The path of a log: `<pod uid>/<container>/<restart>.log`. */
export function logPath(node: NodeContext, { metadata }: Pod, { container, restart }: ContainerRun): string {
  return join(node.folder, 'logs', metadata.uid, container, `${restart}.log`);
}

/** Starts a record's container: image, configuration, root, program. Writes the events of each step. */
export async function startContainer({
  node,
  pod,
  record,
  namespaces,
  podIp,
}: StartRequest): Promise<RunningContainer> {
  const { container } = record;
  const tell = tellEvent(node, pod, record);
  const image = pullImage(node, container, tell);
  record.imageId = `practice/${image.name}@${image.id}`;
  const id = RunningContainer.newId();
  const folder = join(podFolder(node, pod), 'containers', id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'termination-log'), '', { mode: 0o666 });
  const spec = specOf({ node, pod, container, image, namespaces, podIp, folder });
  const path = logPath(node, pod, { container: record.name, restart: record.restartCount });
  forgetOldLogs(path, record.restartCount);
  record.id = id;
  const running = await RunningContainer.start(node.pipes, {
    id,
    spec,
    logPath: path,
    onCreated: () => tell('Normal', 'Created', `Created container: ${record.name}`),
  });
  tell('Normal', 'Started', `Started container ${record.name}`);
  return running;
}

interface SpecParts {
  node: NodeContext;
  pod: Pod;
  container: Container;
  image: Image;
  namespaces: Namespaces;
  podIp: string | undefined;
  folder: string;
}

function specOf({ node, pod, container, image, namespaces, podIp, folder }: SpecParts): ContainerSpec {
  const { config } = image;
  const env = environmentOf(node.store, pod, { container, image: config });
  const words = (list: string[]) => list.map((word) => expand(word, env));
  const command = container.command?.length ? words(container.command) : config.entrypoint;
  const fallback = container.command?.length ? [] : config.cmd;
  const argv = [...command, ...(container.args?.length ? words(container.args) : fallback)];
  if (argv.length === 0) throw new ContainerError('no command specified');
  const host = hostNameOf(pod);
  return {
    folder,
    image,
    namespaces,
    mounts: [
      {
        type: 'bind',
        source: join(folder, 'termination-log'),
        target: container.terminationMessagePath ?? '/dev/termination-log',
        options: '',
      },
      ...volumeMountsOf(pod, container, join(podFolder(node, pod), 'volumes')),
    ],
    etc: {
      hostname: `${host}\n`,
      hosts: `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${podIp ?? '127.0.0.1'}\t${host}\n`,
      'resolv.conf': `search ${pod.metadata.namespace}.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n`,
    },
    argv,
    env: container.tty ? { TERM: 'xterm', ...env } : env,
    workingDir: container.workingDir ?? config.workingDir,
    privileges: privilegesOf(pod, container, config),
    stdin: container.stdin ?? false,
    tty: container.tty ?? false,
  };
}

/** Keeps the log of the run before, for `kubectl logs -p`. */
function forgetOldLogs(path: string, restart: number): void {
  const folder = join(path, '..');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (Number.parseInt(name, 10) < restart - 1) rmSync(join(folder, name));
}
