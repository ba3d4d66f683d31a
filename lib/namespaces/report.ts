import type { PodDetail } from '../pods.ts';
import type { NamespaceCell, NamespaceMatrix } from './compare.ts';
import { columnName, explainRow } from './explain.ts';
import type { NamespaceObservation } from './observation.ts';

type ReportedPod = Pick<PodDetail, 'namespace' | 'name' | 'uid' | 'node'>;

/** The matrix as Markdown, for an incident's notes. `observation` is undefined where nothing was read yet. */
export function toMarkdown(
  pod: ReportedPod,
  matrix: NamespaceMatrix,
  observation: NamespaceObservation | undefined,
): string {
  const names = matrix.columns.map(({ name }) => columnName(name));
  const read =
    observation === undefined ? 'not read: the rules’ word' : `read ${new Date(observation.at).toISOString()}`;
  const lines = [
    `# Namespaces of ${pod.namespace}/${pod.name}`,
    '',
    `On node ${pod.node ?? 'none'}, ${read}. Equal letters in a row are one namespace; letters in brackets are what the kubelet’s rules say.`,
    '',
    toRow(['kind', ...names, 'who shares, and why']),
    toRow(['---', ...names.map(() => '---'), '---']),
    ...matrix.rows.map((row) => toRow([row.kind, ...row.cells.map(describeCell), explainRow(row)])),
  ];
  return `${lines.join('\n')}\n`;
}

function describeCell({ observed, predictedGroup }: NamespaceCell): string {
  return observed.kind === 'read' ? `${observed.group} ${observed.inode}` : `(${predictedGroup})`;
}

function toRow(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** All that is known of a pod's namespaces, for programs. Times are milliseconds since 1970. */
export function toJsonReport(
  { namespace, name, uid, node }: ReportedPod,
  matrix: NamespaceMatrix,
  observation: NamespaceObservation | undefined,
): string {
  return `${JSON.stringify({ pod: { namespace, name, uid, node: node ?? null }, readAt: observation?.at ?? null, matrix, processes: observation?.processes ?? [] }, null, 2)}\n`;
}
