'use client';

import { RefreshCw } from 'lucide-react';
import type { PodNetwork } from '#lib/network/pod-network.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { PodGate } from '../page-frame/pod-gate.tsx';
import { PodSubpage } from '../page-frame/pod-subpage.tsx';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { CaptureSection } from './capture-section.tsx';
import { ForwardSection } from './forward-section.tsx';
import { InterfaceSections } from './interface-sections.tsx';
import { NetworkTester } from './network-tester.tsx';
import { ServiceList } from './service-list.tsx';
import { SocketSections } from './socket-sections.tsx';
import { type ReadNetwork, useNetwork } from './use-network.ts';

export function NetworkPage() {
  return <PodGate>{(link) => <OneNetwork link={link} />}</PodGate>;
}

function OneNetwork({ link }: { link: PodLink }) {
  const network = useNetwork(link);
  const { value, error, refresh, containers, suggested } = network;
  const startDebug = useDebugStore((store) => store.open);
  // The parts below the sockets come only after them: otherwise they would move away under the pointer.
  const isTried = value !== undefined || error !== undefined || network.hasNoneRunning;
  useShortcuts({ r: refresh, d: () => startDebug(link) });
  return (
    <PodSubpage
      link={link}
      title="Network"
      status={<NetworkStatus network={network} />}
      actions={
        <Button size="small" onClick={refresh}>
          <RefreshCw size={13} aria-hidden /> Read again
        </Button>
      }
      state={network.state}
    >
      {error && (
        <ErrorNotice error={error} title="The network could not be read">
          <Button size="small" onClick={() => startDebug(link)}>
            Start a debugger
          </Button>
        </ErrorNotice>
      )}
      {value && <SocketSections network={value} />}
      {isTried && (
        <>
          <NetworkTester link={link} containers={containers} suggested={suggested} />
          <CaptureSection
            link={link}
            containers={containers}
            suggested={suggested}
            interfaces={value?.interfaces ?? []}
          />
          <ForwardSection link={link} ports={listeningPorts(value)} />
          <ServiceList link={link} />
        </>
      )}
      {value && <InterfaceSections network={value} />}
    </PodSubpage>
  );
}

function NetworkStatus({ network: { value, error, hasNoneRunning } }: { network: ReadNetwork }) {
  if (value)
    return (
      <>
        One for all containers of the pod. Read through {value.readFrom} <Age at={value.at} suffix=" ago" />
      </>
    );
  if (error) return '';
  return hasNoneRunning ? 'No container of the pod runs.' : 'Reading…';
}

/** Ports that can be forwarded: the node connects to the pod's localhost. */
function listeningPorts(network: PodNetwork | undefined): number[] {
  const listening = network?.sockets.filter(({ state }) => state === 'LISTEN') ?? [];
  return [...new Set(listening.map(({ localPort }) => localPort))].sort((a, b) => a - b);
}
