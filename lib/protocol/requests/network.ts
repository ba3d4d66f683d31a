import * as z from 'zod';
import { hostPattern, type NetworkTestResult, networkTests, urlPathPattern } from '../../network/connectivity.ts';
import type { PodNetwork } from '../../network/pod-network.ts';
import type { PortForward } from '../../port-forward.ts';
import { containerAddress, podAddress } from '../addresses.ts';
import { reply, type SocketRequest } from '../descriptor.ts';

const port = z.int().min(1).max(65_535);

export const networkRequests = {
  'network:read': { schema: podAddress, cost: 'heavy', effect: 'reads', reply: reply<PodNetwork>() },
  /** Tries something on the network from inside a container. */
  'network:test': {
    schema: containerAddress.extend({
      kind: z.enum(networkTests),
      host: z.string().max(253).regex(hostPattern),
      port: port.optional(),
      path: z.string().max(2048).regex(urlPathPattern).optional(),
    }),
    cost: 'heavy',
    effect: 'reads',
    reply: reply<NetworkTestResult>(),
  },
  /** Opens a port of this machine that leads to one of the pod. */
  'forward:open': { schema: podAddress.extend({ port }), cost: 'heavy', effect: 'opens', reply: reply<PortForward>() },
  'forward:list': { schema: z.strictObject({}), cost: 'light', effect: 'reads', reply: reply<PortForward[]>() },
  'forward:close': {
    schema: z.strictObject({ forward: z.uuid() }),
    cost: 'light',
    effect: 'writes',
    reply: reply<null>(),
  },
} as const satisfies Record<string, SocketRequest>;
