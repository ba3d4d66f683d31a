'use client';

import { useMemo } from 'react';
import { parse, stringify } from 'yaml';
import { explainInvalidCustom } from '#lib/debug/custom-container.ts';
import { type PullPolicy, pullPolicies } from '#lib/debug/debug-container.ts';
import { type Keepable, keepable } from '#lib/debug/pod-copy.ts';
import type { Preflight } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { isJsonObject } from '#lib/json.ts';
import { CheckField } from '../ui/check-field.tsx';
import { ChoiceField } from '../ui/choice-field.tsx';
import { CodeArea, CodeField } from '../ui/code-field.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { FormProblems } from './check-form.ts';
import type { CustomFields, DebugForm } from './debug-form.ts';

export interface MoreOptionsProps {
  form: DebugForm;
  problems: FormProblems;
  /** Undefined while something is wrong with the form. */
  request: DebugRequest | undefined;
  /** The object that the cluster checked last. */
  manifest: Preflight['manifest'];
  onChange(change: Partial<DebugForm>): void;
}

const pullPolicyWords: Record<PullPolicy, string> = {
  Always: 'Always: ask the registry each time',
  IfNotPresent: 'IfNotPresent: only where the node has no such image',
  Never: 'Never: only what the node has',
};

/** Options that few people need, and the container as it will be sent. Loaded on demand, because it needs a YAML parser. */
export function MoreOptions({ form, problems, request, manifest, onChange }: MoreOptionsProps) {
  const isChanged = form.kind === 'copy' && form.container !== '';
  return (
    <div className="grid gap-x-6 gap-y-4 pt-3 md:grid-cols-2">
      <div className="min-w-0 space-y-4">
        <CheckField
          label="Give the command to the image’s own program"
          hint="As its arguments, instead of running it in its place."
          isChecked={form.isArguments}
          onChange={(isArguments) => onChange({ isArguments })}
        />
        <CodeArea
          label="Environment"
          hint={isChanged ? 'NAME=value, one a line, in place of its own.' : 'NAME=value, one a line.'}
          problem={problems.env}
          rows={3}
          value={form.env}
          placeholder="HTTP_PROXY=http://proxy:3128"
          onChange={(env) => onChange({ env })}
        />
        <ChoiceField<PullPolicy | ''>
          label="Image pull"
          hint="By default: Always for :latest and where there is no tag, else IfNotPresent."
          value={form.pullPolicy}
          choices={[
            { value: '', label: 'The cluster’s default' },
            ...pullPolicies.map((policy) => ({ value: policy, label: pullPolicyWords[policy] })),
          ]}
          onChange={(pullPolicy) => onChange({ pullPolicy })}
        />
        <CodeField
          label="Run as user"
          hint="UID or UID:GID, such as the target’s own. Empty: the image’s."
          problem={problems.user}
          value={form.user}
          placeholder="1000:1000"
          onChange={(user) => onChange({ user })}
        />
        <CodeArea
          label="More of the container, in YAML"
          hint="Merged over all else, as kubectl debug --custom does."
          problem={problems.custom}
          rows={5}
          value={form.customText}
          placeholder={'workingDir: /tmp\nvolumeMounts:\n  - name: data\n    mountPath: /data'}
          onChange={(customText) => onChange({ customText, custom: parseCustom(customText) })}
        />
      </div>
      <div className="min-w-0 space-y-4">
        {form.kind === 'copy' && <MoreOfCopy form={form} problems={problems} onChange={onChange} />}
        <SentYaml kind={form.kind} manifest={request === undefined ? undefined : manifest} />
      </div>
    </div>
  );
}

const keptWords: Record<Keepable, string> = {
  labels: 'Labels: it may get its Services’ traffic',
  annotations: 'Annotations',
  liveness: 'Liveness probes',
  readiness: 'Readiness probes',
  startup: 'Startup probes',
  initContainers: 'Init containers',
};

function MoreOfCopy({ form, problems, onChange }: Pick<MoreOptionsProps, 'form' | 'problems' | 'onChange'>) {
  return (
    <>
      <fieldset className="space-y-2">
        <legend className="mb-1 text-sm font-medium">Keep of the original</legend>
        {keepable.map((what) => (
          <CheckField
            key={what}
            label={keptWords[what]}
            isChecked={form.keep.includes(what)}
            onChange={(isKept) =>
              onChange({ keep: isKept ? [...form.keep, what] : form.keep.filter((one) => one !== what) })
            }
          />
        ))}
      </fieldset>
      <CodeArea
        label="Other images"
        hint="CONTAINER=IMAGE, one a line; * is all. With these alone, the image above may be empty."
        problem={problems.setImages}
        rows={2}
        value={form.setImages}
        placeholder="web=nginx:1.27"
        onChange={(setImages) => onChange({ setImages })}
      />
    </>
  );
}

function SentYaml({ kind, manifest }: { kind: DebugForm['kind']; manifest: Preflight['manifest'] }) {
  const text = useMemo(() => (manifest === undefined ? undefined : stringify(manifest)), [manifest]);
  const title = kind === 'ephemeral' ? 'What is added to the pod' : 'The pod that is made';
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-sm font-medium">{title}</h3>
      {text === undefined ? (
        <p className="text-sm text-muted">It appears once the form is complete and the cluster has looked at it.</p>
      ) : (
        <div className="relative rounded-lg border border-line bg-page">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section aria-label="What is sent, in YAML" tabIndex={0} className="max-h-96 overflow-auto p-3 pr-11">
            <pre className="text-xs">{text}</pre>
          </section>
          <div className="absolute top-1.5 right-1.5">
            <CopyButton text={text} label="Copy the YAML" />
          </div>
        </div>
      )}
    </div>
  );
}

function parseCustom(text: string): CustomFields {
  if (text.trim() === '') return { ok: true, fields: undefined };
  let value: unknown;
  try {
    value = parse(text, { logLevel: 'error' });
  } catch (error) {
    const [first = 'It is not YAML.'] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { ok: false, problem: first.replace(/:$/, '.') };
  }
  // The form checks later whether a container of the chosen kind can have these fields.
  const problem = isJsonObject(value) ? undefined : explainInvalidCustom(value, true);
  return problem === undefined
    ? { ok: true, fields: value as Exclude<DebugRequest['custom'], undefined> }
    : { ok: false, problem };
}
