'use client';

import { RefreshCw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { formatBytes } from '#lib/format-bytes.ts';
import type { PodNetwork } from '#lib/network/pod-network.ts';
import { runningContainers } from '#lib/pods.ts';
import { useContextSummary } from '../cluster/cluster-store.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { BackToPod } from '../page-frame/back-to-pod.tsx';
import { NoAddress } from '../page-frame/no-address.tsx';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Section } from '../ui/section.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { CaptureSection } from './capture-section.tsx';
import { ForwardSection } from './forward-section.tsx';
import { NetworkTester } from './network-tester.tsx';
import { ServiceList } from './service-list.tsx';
import { ConnectionTable, ListeningTable, UnixTable } from './socket-tables.tsx';

export function NetworkPage() {
  const parameters = useSearchParams();
  const context = useContextSummary()?.name;
  const [namespace, pod] = ['namespace', 'name'].map((name) => parameters.get(name));
  if (!namespace || !pod) return <NoAddress thing="pod" />;
  if (context === undefined) return null;
  return <OneNetwork key={`${namespace}/${pod}`} link={{ context, namespace, pod }} />;
}

function OneNetwork({ link }: { link: PodLink }) {
  const { pod, state } = usePod(link);
  // A container that starts may be the first that can be asked.
  const running = pod?.containers.filter(({ state }) => state.kind === 'running').map(({ containerId }) => containerId);
  const {
    value: network,
    error,
    refresh,
  } = useAnswer('network:read', running?.length ? link : undefined, {
    again: running?.join(' ') ?? '',
  });
  const startDebug = useDebugStore((store) => store.open);
  const containers = pod ? runningContainers(pod) : [];
  // The debugger that was added last has the tools for it; else one that is known to have a shell.
  const debuggers = pod?.containers.filter(({ kind }) => kind === 'ephemeral').map(({ name }) => name) ?? [];
  const suggested = containers.find((name) => debuggers.includes(name)) ?? network?.readFrom;
  // What is below the sockets comes once they are there or can't be had: it would move away under the pointer.
  const isTried = network !== undefined || error !== undefined || running?.length === 0;
  useShortcuts({ r: refresh, d: () => startDebug(link) });
  return (
    <div className="mx-auto max-w-7xl space-y-5 p-3 sm:p-5">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <BackToPod link={link} />
          <h1 className="text-lg font-semibold">Network</h1>
          <p className="text-xs text-muted" role="status">
            {network ? (
              <>
                One for all containers of the pod. Read through {network.readFrom} <Age at={network.at} suffix=" ago" />
              </>
            ) : error ? (
              ''
            ) : running?.length === 0 ? (
              'No container of the pod runs.'
            ) : (
              'Reading…'
            )}
          </p>
        </div>
        <Button size="small" onClick={refresh}>
          <RefreshCw size={13} aria-hidden /> Read again
        </Button>
      </div>
      {state.kind === 'stale' && <ErrorNotice error={state.error} />}
      {error && (
        <ErrorNotice error={error} title="The network could not be read">
          <Button size="small" onClick={() => startDebug(link)}>
            Start a debugger
          </Button>
        </ErrorNotice>
      )}
      {network && <Sockets network={network} />}
      {isTried && (
        <>
          <NetworkTester link={link} containers={containers} suggested={suggested} />
          <CaptureSection
            link={link}
            containers={containers}
            suggested={suggested}
            interfaces={network?.interfaces ?? []}
          />
          <ForwardSection link={link} ports={listeningPorts(network)} />
          <ServiceList link={link} />
        </>
      )}
      {network && <Ways network={network} />}
    </div>
  );
}

/** Those that may be forwarded: the node connects to the pod's localhost. */
function listeningPorts(network: PodNetwork | undefined): number[] {
  const listening = network?.sockets.filter(({ state }) => state === 'LISTEN') ?? [];
  return [...new Set(listening.map(({ localPort }) => localPort))].sort((a, b) => a - b);
}

function Sockets({ network: { sockets, unixSockets } }: { network: PodNetwork }) {
  const listening = sockets.filter(
    ({ protocol, state }) => state === 'LISTEN' || (/udp/.test(protocol) && state === 'UNCONN'),
  );
  const connections = sockets.filter((socket) => !listening.includes(socket));
  // Those without are pairs that processes have made for themselves: nobody else can reach them.
  const named = unixSockets.filter(({ path }) => path !== '');
  return (
    <>
      <Section title="Listening" count={listening.length}>
        <ListeningTable sockets={listening} />
      </Section>
      <Section title="Connections" count={connections.length}>
        <ConnectionTable sockets={connections} />
      </Section>
      {named.length > 0 && (
        <Section title="Unix sockets" count={named.length}>
          <UnixTable sockets={named} />
        </Section>
      )}
    </>
  );
}

function Ways({ network: { interfaces, routes, resolver, hosts } }: { network: PodNetwork }) {
  return (
    <>
      <Section title="Interfaces" count={interfaces.length}>
        <ScrollRegion label="Interfaces" className="overflow-x-auto">
          <table className="w-full border-collapse text-sm">
            <thead className="text-left text-xs text-muted">
              <tr>
                {['Name', 'Addresses', 'Received', 'Sent', 'Errors', 'Dropped'].map((name) => (
                  <th key={name} scope="col" className="px-3 py-2 font-normal sm:px-4">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {interfaces.map((one) => (
                <tr key={one.name} className="border-t border-line">
                  <td className="px-3 py-1.5 font-mono text-xs sm:px-4">{one.name}</td>
                  <td className="px-3 py-1.5 font-mono text-xs sm:px-4">{one.addresses.join('  ') || 'none'}</td>
                  <td className="px-3 py-1.5 whitespace-nowrap text-muted tabular-nums sm:px-4">
                    {formatBytes(one.receivedBytes)}, {one.receivedPackets.toLocaleString()} packets
                  </td>
                  <td className="px-3 py-1.5 whitespace-nowrap text-muted tabular-nums sm:px-4">
                    {formatBytes(one.sentBytes)}, {one.sentPackets.toLocaleString()} packets
                  </td>
                  <td className="px-3 py-1.5 text-muted tabular-nums sm:px-4">{one.errors.toLocaleString()}</td>
                  <td className="px-3 py-1.5 text-muted tabular-nums sm:px-4">{one.drops.toLocaleString()}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Section>
      <Section title="Routes" count={routes.length}>
        <ul className="divide-y divide-line text-sm">
          {routes.map(({ destination, gateway, interface: name, metric }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two routes may be alike
            <li key={index} className="flex flex-wrap gap-x-3 px-3 py-1.5 sm:px-4">
              <span className="min-w-48 font-mono text-xs leading-5">{destination}</span>
              <span className="text-xs leading-5 text-muted">
                {gateway === undefined ? 'on the link' : `via ${gateway}`}, {name}
                {metric > 0 && `, metric ${metric}`}
              </span>
            </li>
          ))}
          {routes.length === 0 && (
            <li className="px-4 py-2 text-muted">None: nothing beyond localhost can be reached.</li>
          )}
        </ul>
      </Section>
      <Section title="Names">
        <div className="grid gap-4 p-3 sm:px-4 md:grid-cols-2">
          <Text title="/etc/resolv.conf" text={resolver} />
          <Text title="/etc/hosts" text={hosts} />
        </div>
      </Section>
    </>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-mono text-xs text-muted">{title}</h3>
      <ScrollRegion label={title} className="max-h-48 overflow-auto rounded-md border border-line bg-raised p-2">
        <pre className="font-mono text-xs leading-5">{text || '(empty)'}</pre>
      </ScrollRegion>
    </div>
  );
}
