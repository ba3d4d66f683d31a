import { arch, cpus, release, totalmem } from 'node:os';
import { resources } from '../api/resources.ts';
import { nodeName } from '../machine/cluster-config.ts';
import { type ObjectStore, toTimestamp } from '../store/object-store.ts';

/** Creates the objects that every cluster has from the start. */
export function seed(store: ObjectStore, version: string): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
    store.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  }
  seedNode(store, version);
  seedRoles(store);
  store.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  });
}

function seedNode(store: ObjectStore, version: string): void {
  const now = toTimestamp(new Date());
  const architecture = arch() === 'x64' ? 'amd64' : arch();
  const resources = { cpu: String(cpus().length), memory: `${Math.floor(totalmem() / 1024)}Ki`, pods: '250' };
  const healthy = (type: string, reason: string, message: string) => ({
    type,
    status: type === 'Ready' ? 'True' : 'False',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
    reason,
    message,
  });
  store.create('nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      labels: {
        'kubernetes.io/arch': architecture,
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
        'node-role.kubernetes.io/control-plane': '',
      },
    },
    spec: { podCIDR: '10.244.0.0/16', podCIDRs: ['10.244.0.0/16'] },
    status: {
      addresses: [
        { type: 'InternalIP', address: '10.244.0.1' },
        { type: 'Hostname', address: nodeName },
      ],
      allocatable: resources,
      capacity: resources,
      conditions: [
        healthy('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
        healthy('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        healthy('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        healthy('Ready', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      nodeInfo: {
        architecture,
        bootID: '',
        containerRuntimeVersion: 'practice://1',
        kernelVersion: release(),
        kubeProxyVersion: '',
        kubeletVersion: version,
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Ephemera practice cluster',
        systemUUID: '',
      },
    },
  });
}

/** Two of every cluster's roles. The viewer is bound to the first. */
function seedRoles(store: ObjectStore): void {
  const group = 'rbac.authorization.k8s.io';
  const role = (name: string, visible: string[], verbs: string[]) =>
    store.create(`clusterroles.${group}`, {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [{ apiGroups: ['*'], resources: visible, verbs }],
    });
  // Not "*", because a WebSocket to exec is a GET, and viewers must not read secrets.
  const open = resources.map(({ plural }) => plural).filter((plural) => plural !== 'secrets');
  role('view', [...open, 'pods/log', 'pods/status', '*/scale'], ['get', 'list', 'watch']);
  role('cluster-admin', ['*'], ['*']);
  store.create(`clusterrolebindings.${group}`, {
    apiVersion: `${group}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'practice-viewer' },
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'User', apiGroup: group, name: 'viewer' }],
  });
}
