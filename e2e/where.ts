/**
 * Where the everyday runs tell a story; `npm run test:all` tells each on both clusters. Each story says one of these.
 * `onPractice`: pages, server and whatever else is the same on every cluster.
 */
export const onPractice = { tag: '@practice' };
/** What a real kubelet, runtime, kernel or API server may answer differently. */
export const onBoth = { tag: ['@practice', '@kubernetes'] };
/** What the practice cluster can't show: programs of the node, many processes, limits. */
export const onKubernetes = { tag: '@kubernetes' };
/** The same, where other stories on the cluster would be disturbed: it runs alone, after them. */
export const onBothAlone = { tag: ['@practice', '@kubernetes', '@alone'] };
export const onKubernetesAlone = { tag: ['@kubernetes', '@alone'] };
