import { chmodSync, existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Mount } from '../images/image.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Container, KeyToPath, Pod, ProjectedSource, Volume } from '../store/pod.ts';
import { ConfigError, type DataReference, dataOf } from './environment.ts';
import { podField } from './pod-field.ts';

/** Makes the folders of a pod's volumes below `folder`. Throws ConfigError for a volume that is not available here. */
export function makeVolumes(store: ObjectStore, pod: Pod, folder: string): void {
  const writer = new VolumeWriter(store, pod);
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.hostPath) requireHostPath(volume.hostPath);
    else writer.write(join(folder, volume.name), volume);
  }
}

/** The mounts of a container, from the pod's volumes below `folder`. */
export function volumeMountsOf(pod: Pod, container: Container, folder: string): Mount[] {
  return (container.volumeMounts ?? []).map(({ name, mountPath, subPath, readOnly }) => {
    const volume = pod.spec.volumes?.find((one) => one.name === name);
    const root = volume?.hostPath ? volume.hostPath.path : join(folder, name);
    const isReadOnly = readOnly || volume?.configMap || volume?.secret || volume?.downwardAPI || volume?.projected;
    return {
      type: volume?.hostPath ? 'rbind' : 'bind',
      source: subPath ? subPathOf(root, subPath) : root,
      target: requirePlain(posix.normalize(`/${mountPath}`)),
      options: isReadOnly ? 'ro' : '',
    };
  });
}

/** Containers can write links into volumes. Such a link must not lead a mount, or a new folder, out of its volume. */
function subPathOf(root: string, subPath: string): string {
  const path = join(root, requirePlain(subPath));
  let existing = path;
  while (!existsSync(existing)) existing = dirname(existing);
  const [real, realRoot] = [realpathSync(existing), realpathSync(root)];
  if (real !== realRoot && !real.startsWith(`${realRoot}/`))
    throw new ConfigError(`subPath ${JSON.stringify(subPath)} leads out of its volume`);
  if (existing !== path) mkdirSync(path, { recursive: true });
  return realpathSync(path);
}

/** container.sh reads paths from lines with tabs between them, so paths must contain neither. */
function requirePlain(path: string): string {
  if (/[\t\n]/.test(path)) throw new ConfigError(`the path ${JSON.stringify(path)} has a tab or a line break in it`);
  return path;
}

function requireHostPath({ path, type }: { path: string; type?: string }): void {
  requirePlain(path);
  if (existsSync(path)) {
    if (type === 'Directory' && !statSync(path).isDirectory())
      throw new ConfigError(`hostPath type check failed: ${path} is not a directory`);
    return;
  }
  if (type === 'DirectoryOrCreate') mkdirSync(path, { recursive: true });
  else throw new ConfigError(`hostPath ${path} does not exist on the practice node`);
}

/** Fills the folders of volumes with what their sources hold. */
class VolumeWriter {
  readonly #store: ObjectStore;
  readonly #pod: Pod;

  constructor(store: ObjectStore, pod: Pod) {
    this.#store = store;
    this.#pod = pod;
  }

  write(path: string, volume: Volume): void {
    const { emptyDir, configMap, secret, downwardAPI, projected } = volume;
    mkdirSync(path, { recursive: true });
    if (emptyDir) chmodSync(path, 0o777);
    else if (configMap) this.#writeData(path, { ...configMap, resource: 'configmaps' });
    else if (secret) this.#writeData(path, { ...secret, name: secret.secretName ?? '', resource: 'secrets' });
    else if (downwardAPI) this.#writeFields(path, downwardAPI);
    else if (projected) for (const source of projected.sources ?? []) this.#writeProjected(path, source);
    else {
      const kind = Object.keys(volume).find((key) => key !== 'name');
      throw new ConfigError(
        `volume "${volume.name}": the practice cluster has no ${kind} volumes; it has emptyDir, configMap, secret, downwardAPI, projected and hostPath`,
      );
    }
  }

  #writeProjected(path: string, { configMap, secret, downwardAPI }: ProjectedSource): void {
    if (configMap) this.#writeData(path, { ...configMap, resource: 'configmaps' });
    if (secret) this.#writeData(path, { ...secret, resource: 'secrets' });
    if (downwardAPI) this.#writeFields(path, downwardAPI);
  }

  /** Writes a file for each key, or for the keys and under the paths that `items` name. */
  #writeData(path: string, { items, ...reference }: DataReference & { items?: KeyToPath[] }): void {
    const data = dataOf(this.#store, this.#pod.metadata.namespace, reference);
    for (const [key, value] of Object.entries(data ?? {})) {
      const names = items === undefined ? [key] : items.filter((item) => item.key === key).map((item) => item.path);
      for (const name of names) writeBelow(path, name, value);
    }
  }

  #writeFields(path: string, { items = [] }: NonNullable<Volume['downwardAPI']>): void {
    for (const { path: name, fieldRef } of items)
      writeBelow(path, name, podField(this.#pod, fieldRef?.fieldPath ?? ''));
  }
}

function writeBelow(folder: string, name: string, content: string): void {
  const path = join(folder, posix.normalize(`/${name}`));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o644 });
}
