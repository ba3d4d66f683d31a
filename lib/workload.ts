/** What makes pods, or selects them: each has its plural in the API, and the names that kubectl takes for it. */
const kinds = {
  deployments: { group: 'apps', words: ['deployment', 'deploy', 'deployments'] },
  statefulsets: { group: 'apps', words: ['statefulset', 'sts', 'statefulsets'] },
  daemonsets: { group: 'apps', words: ['daemonset', 'ds', 'daemonsets'] },
  replicasets: { group: 'apps', words: ['replicaset', 'rs', 'replicasets'] },
  jobs: { group: 'batch', words: ['job', 'jobs'] },
  services: { group: '', words: ['service', 'svc', 'services'] },
} as const;

export type WorkloadKind = keyof typeof kinds;
export const workloadKinds = Object.keys(kinds) as [WorkloadKind, ...WorkloadKind[]];

export interface Workload {
  kind: WorkloadKind;
  name: string;
}

/** `deploy/web`, as kubectl takes it; undefined where it is none of these. */
export function parseWorkload(text: string): Workload | undefined {
  const [, word = '', name] = /^([a-z]+)(?:\.apps|\.batch)?\/([a-z0-9]([-.a-z0-9]*[a-z0-9])?)$/.exec(text) ?? [];
  const kind = workloadKinds.find((one) => (kinds[one].words as readonly string[]).includes(word));
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

/** `deployment web`, for a sentence. */
export function describeWorkload({ kind, name }: Workload): string {
  return `${kinds[kind].words[0]} ${name}`;
}

/** metav1.LabelSelector */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** As the API takes it in a query (apimachinery LabelSelectorAsSelector); undefined where it selects nothing. */
export function toSelectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string | undefined {
  const terms = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values = [] } of matchExpressions) {
    if (operator === 'Exists') terms.push(key);
    else if (operator === 'DoesNotExist') terms.push(`!${key}`);
    else terms.push(`${key} ${operator.toLowerCase()} (${values.join(',')})`);
  }
  return terms.length === 0 ? undefined : terms.join(',');
}
