import type { NamespaceObservation } from '../namespaces/observation.ts';

/** Through whom a container's files can be read: by itself, or below the root of one of its processes. */
export interface FileReader {
  /** The container in which the reading is done. */
  container: string;
  /** A process of the container whose files they are, as the reader sees it; undefined: the reader's own files. */
  process: { pid: number; startTicks: number } | undefined;
}

/** The best first. A process whose namespaces a reader was shown is one whose root it may open: the kernel asks for the same right. */
export function fileReaders(container: string, observation: NamespaceObservation): FileReader[] {
  const source = observation.containers[container]?.source;
  const own: FileReader[] = source?.kind === 'exec' ? [{ container, process: undefined }] : [];
  const others = new Map<string, FileReader>();
  for (const { seenFrom, pid, startTicks, namespaces, ...process } of observation.processes) {
    const known = others.get(seenFrom)?.process;
    if (process.container !== container || seenFrom === container || namespaces.mnt === undefined) continue;
    if (known === undefined || pid < known.pid)
      others.set(seenFrom, { container: seenFrom, process: { pid, startTicks } });
  }
  return [...own, ...others.values()];
}

export function readerWords({ container, process }: FileReader): string {
  return process === undefined ? 'its own shell' : `/proc/${process.pid}/root in ${container}`;
}
