/** A part of a test run: a command of its own, and how long it took is printed. */
export interface Part {
  name: string;
  command: string[];
  /** What comes after it makes no sense where it fails. */
  endsRunOnFailure?: true;
}

export interface PlanOptions {
  /** Every story on both clusters. */
  isAll: boolean;
  hasKubernetes: boolean;
  /** The cluster was running before and stays. */
  isKubernetesUp: boolean;
}

const script = (name: string, ...words: string[]) => ['npm', 'run', '--silent', name, ...words];

/** The parts of `npm test` and `npm run test:all`, in order: what fails soonest comes first. */
export function plan({ isAll, hasKubernetes, isKubernetesUp }: PlanOptions): Part[] {
  const everywhere: Part[] = [
    { name: 'check', command: script('check'), endsRunOnFailure: true },
    { name: 'pages', command: ['node', 'scripts/setup.mjs', '--build'], endsRunOnFailure: true },
    { name: 'unit tests', command: script('test:unit') },
    { name: 'practice stories', command: script('test:practice') },
  ];
  if (!hasKubernetes) return everywhere;
  return [
    ...everywhere,
    { name: 'cluster start', command: script('cluster', 'up') },
    { name: 'parity', command: script('test:parity') },
    { name: 'debuggers against kubectl', command: script('test:debuggers') },
    { name: 'many starts', command: script('test:load') },
    { name: 'Kubernetes stories', command: script(isAll ? 'test:kubernetes:all' : 'test:kubernetes') },
    ...(isKubernetesUp ? [] : [{ name: 'cluster end', command: script('cluster', 'down') }]),
  ];
}
