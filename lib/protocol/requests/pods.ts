import * as z from 'zod';
import type { PodServices } from '../../network/pod-network.ts';
import type { PodOwners } from '../../owners.ts';
import { workloadKinds } from '../../workload.ts';
import { namespaceAddress, podAddress, subscriptionId } from '../addresses.ts';
import { reply, type SocketRequest } from '../descriptor.ts';
import { contextName, dnsLabel, dnsSubdomain } from '../names.ts';

export const podRequests = {
  'pods:watch': {
    schema: z.strictObject({
      subscription: subscriptionId,
      context: contextName,
      namespace: dnsLabel.optional(),
      /** A label selector as kubectl's -l takes it; the API server checks it. */
      selector: z.string().max(1024).optional(),
    }),
    cost: 'heavy',
    effect: 'opens',
    reply: reply<null>(),
  },
  'pod:watch': {
    schema: podAddress.extend({ subscription: subscriptionId }),
    cost: 'heavy',
    effect: 'opens',
    reply: reply<null>(),
  },
  /** Ends any watch, of pods and of processes. */
  'watch:stop': {
    schema: z.strictObject({ subscription: subscriptionId }),
    cost: 'light',
    effect: 'reads',
    reply: reply<null>(),
  },
  /** What a pod comes from and runs on. */
  'pod:owners': { schema: podAddress, cost: 'heavy', effect: 'reads', reply: reply<PodOwners>() },
  /** A pod as YAML, to show to others. */
  'pod:manifest': { schema: podAddress, cost: 'heavy', effect: 'reads', reply: reply<{ yaml: string }>() },
  /** The Services that select a pod. */
  'pod:services': { schema: podAddress, cost: 'heavy', effect: 'reads', reply: reply<PodServices>() },
  /** Deletes a pod whose owner makes a new one in its place. */
  'pod:recreate': { schema: podAddress, cost: 'heavy', effect: 'writes', reply: reply<null>() },
  /** A pod of a workload in which a debugger can be started. */
  'workload:pod': {
    schema: namespaceAddress.extend({ kind: z.enum(workloadKinds), name: dnsSubdomain }),
    cost: 'heavy',
    effect: 'reads',
    reply: reply<{ pod: string }>(),
  },
} as const satisfies Record<string, SocketRequest>;
