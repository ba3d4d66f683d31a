// Written by scripts/kubernetes-schema.ts from the patch tags of k8s.io/api v0.33.13, Apache-2.0, The Kubernetes Authors. Not to be edited.

/** The lists that are merged by a key, by their field's name. Of several keys, the one that the elements have. */
export const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  addresses: ['type'],
  allocatedResourcesStatus: ['name'],
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  hostIPs: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  podIPs: ['ip'],
  ports: ['containerPort', 'port'],
  resourceClaimStatuses: ['name'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/** The lists of plain values that are merged as sets. */
export const mergedValues: ReadonlySet<string> = new Set(['finalizers', 'podCIDRs']);
