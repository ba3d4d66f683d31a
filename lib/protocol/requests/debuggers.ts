import * as z from 'zod';
import type { Ability } from '../../debug/abilities.ts';
import { pullPolicies } from '../../debug/debug-container.ts';
import type { MirroredContainer } from '../../debug/mirror.ts';
import { keepable } from '../../debug/pod-copy.ts';
import type { Preflight } from '../../debug/preflight.ts';
import { profiles } from '../../debug/profiles.ts';
import type { DebugRequestOf, StartedDebugger } from '../../debug/request.ts';
import type { DebuggerList } from '../../debug/running-debuggers.ts';
import { variableName } from '../../debug/variables.ts';
import { commandWord, containerAddress, namespaceAddress, podAddress, screen } from '../addresses.ts';
import { reply, type SocketRequest } from '../descriptor.ts';
import { contextName, dnsLabel, dnsSubdomain } from '../names.ts';

// Checked by lib/image-reference.ts, which says what is wrong; an API server takes any string.
const image = z.string().max(512);

/** What all kinds of debuggers can have. */
const debugContainer = {
  profile: z.enum(profiles),
  command: z.array(commandWord).min(1).max(64).optional(),
  isArguments: z.boolean().optional(),
  env: z
    .array(z.strictObject({ name: z.string().max(253).regex(variableName), value: z.string().max(12_000) }))
    .max(64)
    .optional(),
  pullPolicy: z.enum(pullPolicies).optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
};

const ephemeralDebugger = podAddress.extend({
  kind: z.literal('ephemeral'),
  image,
  target: dnsLabel.optional(),
  ...debugContainer,
}) satisfies z.ZodType<DebugRequestOf<'ephemeral'>>;

const copyDebugger = podAddress.extend({
  kind: z.literal('copy'),
  copyName: dnsSubdomain,
  image: image.optional(),
  container: dnsLabel.optional(),
  setImages: z.record(z.union([dnsLabel, z.literal('*')]), image).optional(),
  shareProcesses: z.boolean().optional(),
  sameNode: z.boolean().optional(),
  replace: z.boolean().optional(),
  keep: z.array(z.enum(keepable)).max(keepable.length).readonly(),
  ...debugContainer,
}) satisfies z.ZodType<DebugRequestOf<'copy'>>;

const nodeDebugger = namespaceAddress.extend({
  kind: z.literal('node'),
  node: dnsSubdomain,
  image,
  ...debugContainer,
}) satisfies z.ZodType<DebugRequestOf<'node'>>;

export const debuggerRequests = {
  'debug:start': {
    schema: z.discriminatedUnion('kind', [
      ephemeralDebugger.extend(screen),
      copyDebugger.extend(screen),
      nodeDebugger.extend(screen),
    ]),
    cost: 'heavy',
    effect: 'opens',
    reply: reply<StartedDebugger>(),
  },
  /** What would be in a debugger's way. */
  'debug:check': {
    schema: z.discriminatedUnion('kind', [ephemeralDebugger, copyDebugger, nodeDebugger]),
    cost: 'heavy',
    effect: 'reads',
    reply: reply<Preflight>(),
  },
  /** What a debugger needs to have a container's volumes, variables and user. */
  'container:mirror': { schema: containerAddress, cost: 'heavy', effect: 'reads', reply: reply<MirroredContainer>() },
  /** What a debugger can do, tried in it. */
  'abilities:observe': { schema: containerAddress, cost: 'heavy', effect: 'reads', reply: reply<Ability[]>() },
  'debuggers:list': {
    schema: z.strictObject({ context: contextName }),
    cost: 'heavy',
    effect: 'reads',
    reply: reply<DebuggerList>(),
  },
  'debugger:end': { schema: containerAddress, cost: 'heavy', effect: 'writes', reply: reply<null>() },
  /** Deletes a pod that was made for debugging. */
  'debug-pod:delete': { schema: podAddress, cost: 'heavy', effect: 'writes', reply: reply<null>() },
} as const satisfies Record<string, SocketRequest>;
