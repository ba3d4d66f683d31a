import type { FilePath } from '#lib/files/file-path.ts';
import type { FileReader } from '#lib/files/file-readers.ts';
import { type FileRequest, fileStream, uploadStream } from '#lib/protocol/requests/file-streams.ts';
import type { PodLink } from '../links/pod-links.ts';

/** A path, and the container or process through which it is read. */
export interface FileAddress extends PodLink {
  container: string;
  pid?: number;
  startTicks?: number;
  path: FilePath;
}

export function toFileAddress(link: PodLink, { container, process }: FileReader, path: FilePath): FileAddress {
  const { context, namespace, pod } = link;
  return { context, namespace, pod, container, ...process, path };
}

/** The address of a file as a stream. */
export function fileStreamHref(address: FileAddress, part: FileRequest['part'], offset?: number): string {
  return `${fileStream.path}?${toQuery({ ...address, part, offset })}`;
}

export function uploadHref(address: FileAddress, { overwrites }: { overwrites: boolean }): string {
  return `${uploadStream.path}?${toQuery({ ...address, overwrite: overwrites ? 'true' : undefined })}`;
}

function toQuery(parameters: object): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString();
}
