import { parseCommandLine } from '#lib/command-line.ts';
import { explainInvalidCustom } from '#lib/debug/custom-container.ts';
import { type DebugPolicy, explainImageNotAllowed } from '#lib/debug/policy.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { parseVariables } from '#lib/debug/variables.ts';
import { explainInvalidImage } from '#lib/image-reference.ts';
import type { JsonObject } from '#lib/json.ts';
import { applyStrategicMerge } from '#lib/strategic-merge.ts';
import { withoutUndefined } from '#lib/without-undefined.ts';
import type { PodLink } from '../links/pod-links.ts';
import type { CustomFields, DebugForm } from './debug-form.ts';

/** The problem of each field that has one. */
export type FormProblems = Partial<
  Record<'image' | 'command' | 'env' | 'user' | 'custom' | 'copyName' | 'setImages', string>
>;
export type CheckedForm = { ok: true; request: DebugRequest } | { ok: false; problems: FormProblems };

export interface CheckContext {
  link: PodLink;
  /** The node that the pod runs on. */
  node: string | undefined;
  policy: DebugPolicy;
}

/** The request that the form asks for, or what is wrong with it. */
export function checkForm(form: DebugForm, { link, node, policy }: CheckContext): CheckedForm {
  const command = parseCommandLine(form.command);
  const env = parseVariables(form.env);
  const user = parseUser(form.user);
  const isCopy = form.kind === 'copy';
  const setImages = parseSetImages(isCopy ? form.setImages : '');
  const custom = checkCustom(form);
  const image = form.image.trim();
  const needsImage = !isCopy || (form.container === '' && form.setImages.trim() === '');
  const problems: FormProblems = withoutUndefined({
    image:
      image === '' && !needsImage ? undefined : (explainInvalidImage(image) ?? explainImageNotAllowed(policy, image)),
    command: command.ok ? undefined : command.problem,
    env: env.ok ? undefined : env.problem,
    user: user.ok ? undefined : 'A number, or two with a colon between: UID or UID:GID.',
    custom: custom.ok ? undefined : custom.problem,
    copyName: isCopy && !podName.test(form.copyName) ? 'Lower case letters, digits and -, 63 at most.' : undefined,
    setImages: setImages.ok ? undefined : setImages.problem,
  });
  if (!command.ok || !env.ok || !user.ok || !custom.ok || !setImages.ok || Object.keys(problems).length > 0)
    return { ok: false, problems };
  const more = withUser(user.context, custom.fields);
  const container = {
    profile: form.profile,
    ...(command.words.length === 0 ? {} : { command: command.words, isArguments: form.isArguments }),
    ...(env.variables.length === 0 ? {} : { env: env.variables }),
    ...(form.pullPolicy === '' ? {} : { pullPolicy: form.pullPolicy }),
    ...(more === undefined ? {} : { custom: more }),
  };
  const { context, namespace } = link;
  switch (form.kind) {
    case 'ephemeral': {
      const target = form.target === '' ? {} : { target: form.target };
      return { ok: true, request: { kind: 'ephemeral', ...link, image, ...target, ...container } };
    }
    case 'copy':
      return { ok: true, request: { kind: 'copy', ...link, ...toCopy(form, setImages.images), ...container } };
    case 'node':
      if (node === undefined) return { ok: false, problems: {} };
      return { ok: true, request: { kind: 'node', context, namespace, node, image, ...container } };
  }
}

/** The API server's rule for names of pods, cut to the length of a host name. */
const podName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function toCopy(form: DebugForm, setImages: Record<string, string>) {
  const image = form.image.trim();
  return {
    copyName: form.copyName,
    ...(image === '' ? {} : { image }),
    ...(form.container === '' ? {} : { container: form.container }),
    ...(Object.keys(setImages).length === 0 ? {} : { setImages }),
    ...(form.sharesProcesses ? {} : { shareProcesses: false }),
    ...(form.sameNode ? { sameNode: true } : {}),
    ...(form.replace ? { replace: true } : {}),
    keep: [...form.keep],
  };
}

/** Fields that one kind of container can have may be refused in another. */
function checkCustom({ custom, kind }: DebugForm): CustomFields {
  if (!custom.ok || custom.fields === undefined) return custom;
  const problem = explainInvalidCustom(custom.fields, kind === 'ephemeral');
  return problem === undefined ? custom : { ok: false, problem };
}

type ParsedImages = { ok: true; images: Record<string, string> } | { ok: false; problem: string };

function parseSetImages(text: string): ParsedImages {
  const images: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name = '', image = ''] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    const invalid = name === '' ? 'it is CONTAINER=IMAGE' : explainInvalidImage(image);
    if (invalid !== undefined) return { ok: false, problem: `Line ${index + 1}: ${invalid}` };
    images[name] = image;
  }
  return { ok: true, images };
}

type ParsedUser = { ok: true; context: JsonObject | undefined } | { ok: false };

function parseUser(text: string): ParsedUser {
  if (text.trim() === '') return { ok: true, context: undefined };
  const [, user, group] = /^\s*(\d{1,10})(?::(\d{1,10}))?\s*$/.exec(text) ?? [];
  if (user === undefined) return { ok: false };
  return { ok: true, context: { runAsUser: Number(user), ...(group ? { runAsGroup: Number(group) } : {}) } };
}

/** Fields in YAML win over the field for the user. */
function withUser(context: JsonObject | undefined, fields: DebugRequest['custom']): DebugRequest['custom'] {
  return context === undefined
    ? fields
    : applyStrategicMerge({ securityContext: context }, (fields ?? {}) as JsonObject);
}
