import * as z from 'zod';
import type { ClusterList } from '../../clusters.ts';
import { reply, type SocketRequest } from '../descriptor.ts';

export const clusterRequests = {
  'session:hello': {
    schema: z.strictObject({ protocol: z.int() }),
    cost: 'light',
    effect: 'reads',
    reply: reply<{ protocol: number }>(),
  },
  'cluster:list': { schema: z.strictObject({}), cost: 'light', effect: 'reads', reply: reply<ClusterList>() },
} as const satisfies Record<string, SocketRequest>;
