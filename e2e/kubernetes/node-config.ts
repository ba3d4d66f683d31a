import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The node's address: the kubelet refuses loopback, so it is that of a bridge of our own. */
export const nodeAddress = '10.88.0.1';
export const bridge = 'ephemera0';

export function containerdSocket(folder: string): string {
  return join(folder, 'containerd.sock');
}

export function writeNodeConfig(folder: string): void {
  mkdirSync(join(folder, 'cni'), { recursive: true });
  writeFileSync(join(folder, 'cni/10-bridge.conflist'), JSON.stringify(cni(folder)));
  writeFileSync(join(folder, 'containerd.toml'), containerd(folder));
  writeFileSync(join(folder, 'kubelet.yaml'), JSON.stringify(kubelet(folder)));
}

function cni(folder: string) {
  const ipam = {
    type: 'host-local',
    dataDir: join(folder, 'ipam'),
    ranges: [[{ subnet: '10.88.0.0/16' }]],
    routes: [{ dst: '0.0.0.0/0' }],
  };
  return {
    cniVersion: '1.0.0',
    name: 'ephemera',
    plugins: [
      { type: 'bridge', bridge, isGateway: true, ipMasq: true, ipam },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/** restrict_oom_score_adj: where CAP_SYS_RESOURCE is dropped, runc may not lower a score, and pods would never start. */
function containerd(folder: string): string {
  return `
version = 2
root = "${folder}/containerd"
state = "${folder}/run/containerd"
[grpc]
  address = "${containerdSocket(folder)}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${folder}/cni"
`;
}

function kubelet(folder: string) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: nodeAddress,
    port: 16250,
    healthzPort: 0,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    cgroupDriver: 'cgroupfs',
    containerRuntimeEndpoint: `unix://${containerdSocket(folder)}`,
    podLogsDir: join(folder, 'pod-logs'),
    // Nothing here needs the kubelet's own chains, and they would outlive it.
    makeIPTablesUtilChains: false,
    failSwapOn: false,
    failCgroupV1: false,
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    resolvConf: '',
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'nodefs.available': '0%',
      'nodefs.inodesFree': '0%',
      'imagefs.available': '0%',
      'memory.available': '10Mi',
    },
  };
}
