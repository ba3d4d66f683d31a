import { checkConnectivity } from '../inspection/network/check-connectivity.ts';
import type { PortForwards } from '../inspection/network/port-forwards.ts';
import { readNetwork } from '../inspection/network/read-network.ts';
import type { SocketRequests } from './socket-requests.ts';

/** The network of a pod: read, tried from inside, and reached through ports of this machine. */
export function answerNetwork(requests: SocketRequests, forwards: PortForwards): void {
  requests.answer('network:read', ({ context, ...address }, { clusters }) =>
    readNetwork(clusters.get(context), address),
  );
  requests.answer('network:test', ({ context, namespace, pod, container, ...wanted }, { clusters }) =>
    checkConnectivity(clusters.get(context), { namespace, pod, container }, wanted),
  );
  requests.answer('forward:open', ({ context, ...address }, caller) =>
    forwards.open(caller, caller.clusters.get(context), address),
  );
  requests.answer('forward:list', (_request, { id }) => forwards.list(id));
  requests.answer('forward:close', ({ forward }, { id }) => {
    forwards.close(forward, id);
    return null;
  });
}
