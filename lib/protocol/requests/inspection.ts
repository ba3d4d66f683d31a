import * as z from 'zod';
import type { FoundFiles, OpenedFile } from '../../files/file-entry.ts';
import type { NamespaceObservation } from '../../namespaces/observation.ts';
import type { NodeNamespaces } from '../../namespaces/of-node.ts';
import type { ProcessDetail } from '../../processes/process-detail.ts';
import { signals } from '../../processes/signals.ts';
import { containerAddress, fileAddress, podAddress, processAddress, subscriptionId } from '../addresses.ts';
import { reply, type SocketRequest } from '../descriptor.ts';

/** What is read inside of a pod, but for its network. */
export const inspectionRequests = {
  'namespaces:probe': { schema: podAddress, cost: 'heavy', effect: 'reads', reply: reply<NamespaceObservation>() },
  /** All namespaces of a node, through a container that has its process list. */
  'node:namespaces': { schema: containerAddress, cost: 'heavy', effect: 'reads', reply: reply<NodeNamespaces>() },
  'processes:watch': {
    schema: podAddress.extend({ subscription: subscriptionId }),
    cost: 'heavy',
    effect: 'opens',
    reply: reply<null>(),
  },
  'process:read': { schema: processAddress, cost: 'heavy', effect: 'reads', reply: reply<ProcessDetail>() },
  /** `NAME=value` each. */
  'process:environment': { schema: processAddress, cost: 'heavy', effect: 'reads', reply: reply<string[]>() },
  'process:signal': {
    schema: processAddress.extend({ signal: z.enum(signals) }),
    cost: 'heavy',
    effect: 'writes',
    reply: reply<null>(),
  },
  'file:open': { schema: fileAddress, cost: 'heavy', effect: 'reads', reply: reply<OpenedFile>() },
  /** Names that have this text in them, in a folder and below. */
  'file:find': {
    schema: fileAddress.extend({ text: z.string().min(1).max(255) }),
    cost: 'heavy',
    effect: 'reads',
    reply: reply<FoundFiles>(),
  },
} as const satisfies Record<string, SocketRequest>;
