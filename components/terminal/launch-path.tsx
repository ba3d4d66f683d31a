import type { ReactNode } from 'react';
import type { MadePodKind } from '#lib/debug/made-pods.ts';
import { toNamespaceOption } from '#lib/namespaces/cri.ts';
import type { PodDetail } from '#lib/pods.ts';

export interface LaunchPathProps {
  pod: PodDetail;
  container: string;
  target: string | undefined;
  madePod: MadePodKind | undefined;
}

/** The path of a launch from this dashboard to the container runtime, with the real names and ids. */
export function LaunchPath({ pod, container, target, madePod }: LaunchPathProps) {
  const find = (name: string | undefined) => pod.containers.find((one) => one.name === name);
  const option = toNamespaceOption(pod.settings, target, idOf(find(target)?.containerId));
  const ownId = idOf(find(container)?.containerId);
  const path = `/api/v1/namespaces/${pod.namespace}/pods`;
  return (
    <ol className="list-decimal space-y-2 pl-5 text-xs leading-5 text-muted marker:text-muted">
      <Step who="This dashboard">
        {madePod === undefined ? (
          <>
            adds the container to the pod’s spec: <Code>{`PATCH ${path}/${pod.name}/ephemeralcontainers`}</Code>
          </>
        ) : (
          <>
            makes the pod: <Code>{`POST ${path}`}</Code>
          </>
        )}
      </Step>
      <Step who="The API server">checks rights, policies and fields, and stores it.</Step>
      <Step who={`The kubelet of ${pod.node ?? 'its node'}`}>
        sees it in its watch, and asks the runtime through the CRI for a container with these namespaces, which core/v1
        has no field for:
        <pre className="mt-1 rounded-md break-all whitespace-pre-wrap border border-line bg-page p-2 text-text">
          {`namespace_options: ${JSON.stringify(option, null, 2).replaceAll('"', '')}`}
        </pre>
      </Step>
      <Step who="The runtime">
        makes it and starts its process{ownId === undefined ? '.' : <>: container </>}
        {ownId !== undefined && <Code>{ownId}</Code>}
      </Step>
      <Step who="The terminal">
        is a stream from this dashboard to the API server, to the kubelet, to the runtime:{' '}
        <Code>{`GET ${path}/${pod.name}/attach?container=${container}`}</Code>
      </Step>
    </ol>
  );
}

/** A container's id without the name of its runtime. */
function idOf(containerId: string | undefined): string | undefined {
  return containerId?.replace(/^.*:\/\//, '');
}

function Step({ who, children }: { who: string; children: ReactNode }) {
  return (
    <li>
      <span className="font-medium text-text">{who}</span> {children}
    </li>
  );
}

function Code({ children }: { children: string }) {
  return <code className="break-all text-text">{children}</code>;
}
