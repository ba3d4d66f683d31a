import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { type DebugPolicy, debuggerKinds, defaultPolicy } from '#lib/debug/policy.ts';
import { profiles } from '#lib/debug/profiles.ts';
import { explainInvalidImage } from '#lib/image-reference.ts';

/** What an operator has decided about debuggers. */
export interface DebugSettings {
  policy: DebugPolicy;
  /** A debugger in which nothing has been typed or printed for so long is ended; undefined: none is. */
  idleStopMs: number | undefined;
}

const image = z.string().superRefine((name, context) => {
  const problem = explainInvalidImage(name);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const minuteMs = 60_000;

const schema = z.strictObject({
  images: z
    .array(z.strictObject({ image, what: z.string().max(200).default('') }))
    .min(1)
    .max(20)
    .optional(),
  onlyListedImages: z.boolean().default(false),
  profiles: z.array(z.enum(profiles)).min(1).optional(),
  kinds: z.array(z.enum(debuggerKinds)).min(1).optional(),
  idleStopMinutes: z.number().positive().optional(),
});

/** Reads the file of `--debuggers`. Throws an Error that says what is wrong with it, and where. */
export function readDebugSettings(file: string | undefined): DebugSettings {
  if (file === undefined) return { policy: defaultPolicy, idleStopMs: undefined };
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  const { images, onlyListedImages, profiles: allowed, kinds, idleStopMinutes } = parsed.data;
  return {
    policy: {
      images: images ?? defaultPolicy.images,
      onlyListedImages,
      profiles: profiles.filter((profile) => allowed === undefined || allowed.includes(profile)),
      kinds: debuggerKinds.filter((kind) => kinds === undefined || kinds.includes(kind)),
    },
    idleStopMs: idleStopMinutes === undefined ? undefined : idleStopMinutes * minuteMs,
  };
}
