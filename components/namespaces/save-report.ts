import type { NamespaceMatrix } from '#lib/namespaces/compare.ts';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { toJsonReport, toMarkdown } from '#lib/namespaces/report.ts';
import type { PodDetail } from '#lib/pods.ts';
import { saveText } from '../ui/save-file.ts';

type Observed = NamespaceObservation | undefined;

export function saveMarkdown(pod: PodDetail, matrix: NamespaceMatrix, observation: Observed): void {
  saveText(toMarkdown(pod, matrix, observation), 'text/markdown', `${pod.name}-namespaces.md`);
}

export function saveJson(pod: PodDetail, matrix: NamespaceMatrix, observation: Observed): void {
  saveText(toJsonReport(pod, matrix, observation), 'application/json', `${pod.name}-namespaces.json`);
}
