import type { Rules } from './rules.ts';

export const namespaceRules: Rules = {
  onCreate: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  onUpdate: ({ object }) => object,
};
