import { zip } from 'fflate';
import { type BundlePart, toFrontPage, toTimelineText } from '#lib/bundle/front-page.ts';
import { toNetworkText, toProcessText } from '#lib/bundle/texts.ts';
import { compareNamespaces } from '#lib/namespaces/compare.ts';
import { toJsonReport, toMarkdown } from '#lib/namespaces/report.ts';
import { type TimelineEntry, toTimeline } from '#lib/pod-timeline.ts';
import type { PodDetail, PodEvent } from '#lib/pods.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import { fetchOrExplain } from '../connection/open-bytes.ts';
import { logAddress } from '../links/log-address.ts';
import type { PodLink } from '../links/pod-links.ts';
import { castHref } from '../links/recording-links.ts';

/** The extent of each container's log. Older lines belong into a log store. */
const logLines = 'tail=5000';

export interface BundleContents {
  link: PodLink;
  pod: PodDetail;
  events: PodEvent[];
  /** The picture of the namespaces as SVG; undefined where none is drawn. */
  picture: string | undefined;
  hasLogs: boolean;
  /** Recordings by their ids. */
  recordings: string[];
}

interface Piece {
  name: string;
  about: string;
  make(): Promise<string | Uint8Array>;
}

/** Makes a zip of everything that is known about a pod now. Its first page lists the parts that could not be read. */
export async function makeBundle(contents: BundleContents, onProgress: (name: string) => void): Promise<Blob> {
  const { link, pod, events } = contents;
  const at = Date.now();
  const timeline = toTimeline(pod, events);
  const files: Record<string, Uint8Array> = {};
  const parts: BundlePart[] = [];
  for (const { name, about, make } of piecesOf(contents, timeline)) {
    onProgress(name);
    try {
      const made = await make();
      files[name] = typeof made === 'string' ? new TextEncoder().encode(made) : made;
      parts.push({ kind: 'there', name, about });
    } catch (error) {
      parts.push({ kind: 'missing', name, about, why: toWireError(error).message });
    }
  }
  files['README.md'] = new TextEncoder().encode(toFrontPage({ pod, context: link.context, at, timeline, parts }));
  const folder = `${pod.name}-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  return toZip(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes])));
}

function piecesOf(
  { link, pod, picture, hasLogs, recordings }: BundleContents,
  timeline: readonly TimelineEntry[],
): Piece[] {
  const { context, namespace, pod: name } = link;
  const address = { context, namespace, pod: name };
  const connection = getConnection();
  const text = (value: string) => async () => value;
  const observed = connection.ask('namespaces:probe', address);
  // Several pieces await this later and report its failure; this catch only keeps the browser from logging it until then.
  observed.catch(() => {});
  return [
    {
      name: 'pod.yaml',
      about: 'the pod, as the API server has it',
      make: async () => (await connection.ask('pod:manifest', address)).yaml,
    },
    { name: 'timeline.md', about: 'all that happened', make: text(toTimelineText(timeline)) },
    {
      name: 'namespaces.md',
      about: 'who shares which namespaces, and why',
      make: async () => toMarkdown(pod, compareNamespaces(pod, await observed), await observed),
    },
    {
      name: 'namespaces.json',
      about: 'the same for programs',
      make: async () => toJsonReport(pod, compareNamespaces(pod, await observed), await observed),
    },
    ...(picture === undefined ? [] : [{ name: 'namespaces.svg', about: 'the same as a picture', make: text(picture) }]),
    { name: 'processes.txt', about: 'what runs in it', make: async () => toProcessText((await observed).processes) },
    {
      name: 'network.txt',
      about: 'its sockets, interfaces and routes',
      make: async () => toNetworkText(await connection.ask('network:read', address)),
    },
    ...(hasLogs ? pod.containers.flatMap((container) => logPieces(link, container)) : []),
    ...recordings.map((id) => ({
      name: `recordings/${id}.cast`,
      about: 'what a terminal showed (asciicast)',
      make: () => fetchBytes(castHref(id)),
    })),
  ];
}

function logPieces(link: PodLink, { name, restarts, state }: PodDetail['containers'][number]): Piece[] {
  if (state.kind === 'unknown' || state.kind === 'waiting') {
    if (restarts === 0) return [];
  }
  const choice = { extent: logLines, timestamps: true, follow: false };
  const piece = (file: string, about: string, previous: boolean): Piece => ({
    name: `logs/${file}.log`,
    about,
    make: () => fetchBytes(logAddress({ link, container: name, ...choice, previous })),
  });
  const now = piece(name, `the end of what ${name} wrote`, false);
  return restarts > 0 ? [now, piece(`${name}-previous`, 'and before its last restart', true)] : [now];
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const response = await fetchOrExplain(address, {});
  return new Uint8Array(await response.arrayBuffer());
}

/** fflate compresses large files in a worker, so that the page stays responsive. */
function toZip(files: Record<string, Uint8Array>): Promise<Blob> {
  return new Promise((resolve, reject) => {
    zip(files, { level: 6 }, (error, bytes) => {
      if (error) reject(error);
      else resolve(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' }));
    });
  });
}
