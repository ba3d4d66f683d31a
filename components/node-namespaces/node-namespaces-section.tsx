import Link from 'next/link';
import { useMemo, useRef, useState } from 'react';
import { kindMeaning, namespaceKinds } from '#lib/namespaces/kinds.ts';
import type { NamespaceHolder, NodeNamespace } from '#lib/namespaces/of-node.ts';
import { podHref } from '../links/pod-links.ts';
import { toChoices } from '../ui/choice-field.tsx';
import { containerName } from '../ui/container-name.ts';
import { HeadCell } from '../ui/head-cell.tsx';
import { ListChoice } from '../ui/list-choice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Section } from '../ui/section.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';

/** More pods than this are behind a click, because all pods may share a namespace of the node. */
const shownPods = 5;

export interface NodeNamespacesSectionProps {
  context: string;
  namespaces: NodeNamespace[];
}

/** The namespaces of a node as lsns lists them, with the pods that hold each. */
export function NodeNamespacesSection({ context, namespaces }: NodeNamespacesSectionProps) {
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  useShortcuts({ '/': () => search.current?.focus() });
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return namespaces.filter((one) => (kind === '' || one.kind === kind) && wordsOf(one).includes(wanted));
  }, [namespaces, kind, text]);
  const present = namespaceKinds.filter((candidate) => namespaces.some((one) => one.kind === candidate));
  const kinds = [{ value: '', label: 'all kinds' }, ...toChoices(present)];
  return (
    <Section
      title="Namespaces"
      count={shown.length}
      actions={
        <>
          <SearchField
            field={search}
            label="Filter namespaces"
            placeholder="Pod, command, number"
            value={text}
            onChange={setText}
            className="w-60"
          />
          <ListChoice label="Kind" value={kind} choices={kinds} onChange={setKind} />
        </>
      }
    >
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">No namespace matches.</p>
      ) : (
        <ScrollRegion label="Namespace table" className="overflow-x-auto">
          <table className="w-full border-collapse text-sm">
            <thead className="text-left text-xs text-muted">
              <tr>
                <HeadCell>Kind</HeadCell>
                <HeadCell>Number</HeadCell>
                <HeadCell isNumber>Processes</HeadCell>
                <HeadCell>First process</HeadCell>
                <HeadCell>Held by</HeadCell>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <NamespaceRow key={`${one.kind} ${one.inode}`} context={context} namespace={one} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
}

/** The text that the filter searches in a row. */
function wordsOf({ kind, inode, first, pods }: NodeNamespace): string {
  const holders = pods.map(
    ({ namespace, pod, uid, containers }) => `${namespace}/${pod} ${uid} ${containers.join(' ')}`,
  );
  return [kind, inode, first.pid, first.command, ...holders].join('\n').toLowerCase();
}

function NamespaceRow({ context, namespace }: { context: string; namespace: NodeNamespace }) {
  const { kind, inode, isOfNode, processes, first, pods, others } = namespace;
  const holders = pods.map((holder) => <Holder key={holder.uid} context={context} holder={holder} />);
  return (
    <tr className="border-t border-line align-top hover:bg-raised">
      <td className="py-1.5 pr-2 pl-3 sm:pl-4" title={kindMeaning[kind]}>
        {kind}
      </td>
      <td className="px-2 py-1.5 whitespace-nowrap tabular-nums">
        {inode}
        {isOfNode && <span className="block text-xs text-muted">the node’s own</span>}
      </td>
      <td className="px-2 py-1.5 text-right tabular-nums">{processes}</td>
      <td className="max-w-64 min-w-40 px-2 py-1.5">
        <span className="block truncate font-mono text-xs leading-5" title={first.command}>
          <span className="text-muted">{first.pid}</span> {first.command}
        </span>
      </td>
      <td className="min-w-56 py-1.5 pr-3 pl-2 sm:pr-4">
        <ul className="space-y-0.5">
          {others > 0 && (
            <li className="text-muted">{others === 1 ? 'one process' : `${others} processes`} of no pod</li>
          )}
          {holders.slice(0, shownPods)}
        </ul>
        {holders.length > shownPods && (
          <details>
            <summary className="cursor-pointer rounded text-xs text-muted">
              and {holders.length - shownPods} more pods
            </summary>
            <ul className="space-y-0.5">{holders.slice(shownPods)}</ul>
          </details>
        )}
      </td>
    </tr>
  );
}

function Holder({ context, holder }: { context: string; holder: NamespaceHolder }) {
  const { namespace, pod, uid, containers } = holder;
  if (namespace === undefined || pod === undefined) return <li className="break-all text-muted">pod {uid}</li>;
  return (
    <li>
      <Link
        href={podHref({ context, namespace, pod })}
        prefetch={false}
        className="break-all underline-offset-2 hover:underline"
      >
        {namespace}/{pod}
      </Link>{' '}
      <span className="text-xs text-muted">{containers.map(containerName).join(', ')}</span>
    </li>
  );
}
