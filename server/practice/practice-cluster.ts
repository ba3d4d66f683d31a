import { startApiServer } from './api/api-server.ts';
import { startDeployments } from './controllers/deployments.ts';
import { startEndpointSlices } from './controllers/endpoint-slices.ts';
import { startGarbageCollector } from './controllers/garbage.ts';
import { startReplicaSets } from './controllers/replica-sets.ts';
import { startScheduler } from './controllers/scheduler.ts';
import { buildCatalogue } from './images/catalogue.ts';
import { EventRecorder } from './kubelet/event-recorder.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import { type ClusterConfig, type ClusterReady, nodeName } from './machine/cluster-config.ts';
import { closeModuleCache } from './machine/module-cache.ts';
import { PodNetwork } from './runtime/network.ts';
import { Pipes } from './runtime/pipes.ts';
import { Relays } from './runtime/relay.ts';
import { ObjectStore } from './store/object-store.ts';
import { loadManifests } from './workloads/load-manifests.ts';
import { seed } from './workloads/seed.ts';

// The practice cluster itself, inside of its machine. machine/host.ts starts it, sends its configuration as the first
// line of stdin, and ends it by closing stdin.
process.on('unhandledRejection', (error) => console.error('a rejection was not handled:', error));
closeModuleCache();
const config = await readConfig();
const store = new ObjectStore();
seed(store, config.version);
const refused = loadManifests(store, config.manifests);
const kubelet = new Kubelet();
const api = await startApiServer({
  store,
  tls: config.tls,
  users: new Map(config.users.map(({ token, ...user }) => [token, user])),
  node: kubelet,
  version: config.version,
  port: config.port,
});
// Clients may connect while the node is being prepared, and then see its pods start.
const ready: ClusterReady = { port: api.port, refused };
console.log(JSON.stringify(ready));
await startNode();
const events = (component: string) => new EventRecorder(store, { component });
const scheduling = { Scheduled: 'Binding', FailedScheduling: 'Scheduling' };
startScheduler(store, new EventRecorder(store, { component: 'default-scheduler', actions: scheduling }));
startReplicaSets(store, events('replicaset-controller'));
startDeployments(store, events('deployment-controller'));
startEndpointSlices(store);
startGarbageCollector(store);

async function startNode(): Promise<void> {
  const network = await PodNetwork.create();
  const { pause, images } = buildCatalogue('/images', '/app/node');
  kubelet.start({
    name: nodeName,
    ip: network?.gateway ?? '127.0.0.1',
    store,
    events: new EventRecorder(store, { component: 'kubelet', host: nodeName }),
    pipes: new Pipes('/tmp'),
    relays: new Relays('/tmp', '/app/node'),
    network,
    images,
    pause,
    present: new Set(),
    folder: '/data',
  });
}

async function readConfig(): Promise<ClusterConfig> {
  const { promise, resolve } = Promise.withResolvers<ClusterConfig>();
  let text = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (chunk: string) => {
    text += chunk;
    const end = text.indexOf('\n');
    if (end === -1) return;
    const config: ClusterConfig = JSON.parse(text.slice(0, end));
    resolve(config);
  });
  // The starting process has gone, or wants the cluster to end. The machine's PID 1 ends with this process, and
  // everything else ends with PID 1.
  process.stdin.on('end', () => process.exit(0));
  return promise;
}
