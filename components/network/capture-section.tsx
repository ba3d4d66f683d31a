import { formatBytes } from '#lib/format-bytes.ts';
import type { NetworkInterface } from '#lib/network/interfaces.ts';
import { captureStream } from '#lib/protocol/requests/capture-stream.ts';
import { useClusterStore } from '../cluster/cluster-store.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { saveBlob } from '../ui/save-file.ts';
import { Section } from '../ui/section.tsx';
import { type CaptureChoice, CaptureForm } from './capture-form.tsx';
import { PacketTable } from './packet-table.tsx';
import { type CaptureState, useCapture } from './use-capture.ts';

export interface CaptureSectionProps {
  link: PodLink;
  /** Names of the containers that run. */
  containers: string[];
  /** The container that most likely has tcpdump. */
  suggested: string | undefined;
  interfaces: NetworkInterface[];
}

/** Packets of the pod as they come, by tcpdump in one of its containers, and a file of them. */
export function CaptureSection({ link, containers, suggested, interfaces }: CaptureSectionProps) {
  const { state, packets, bytes, start, stop, file } = useCapture();
  return (
    <Section title="Capture" count={packets.length === 0 ? undefined : packets.length}>
      <CaptureForm
        containers={containers}
        suggested={suggested}
        interfaces={interfaces}
        isRunning={state.kind === 'running' || state.kind === 'starting'}
        hasPackets={packets.length > 0}
        onStart={(choice) => start(toAddress(link, choice), choice)}
        onStop={stop}
        onSave={() => saveBlob(file(), `${link.pod}.pcap`)}
      />
      {state.kind === 'failed' && (
        <div className="px-3 pb-3 sm:px-4">
          <ErrorNotice error={state.error}>
            <TcpdumpButton link={link} />
          </ErrorNotice>
        </div>
      )}
      {packets.length > 0 && <PacketTable packets={packets} />}
      <p role="status" className="border-t border-line px-3 py-2 text-xs text-muted empty:hidden sm:px-4">
        {stateWords(state, packets.length, bytes)}
      </p>
    </Section>
  );
}

function toAddress(link: PodLink, { container, device, filter }: CaptureChoice): string {
  const { context, namespace, pod } = link;
  const query = {
    context,
    namespace,
    pod,
    container,
    interface: device,
    ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
  };
  return `${captureStream.path}?${new URLSearchParams(query)}`;
}

function TcpdumpButton({ link }: { link: PodLink }) {
  const startDebug = useDebugStore((store) => store.open);
  const images = useClusterStore((store) => store.list?.debuggers.images);
  const image = images?.find(({ what }) => what.includes('tcpdump'))?.image;
  return (
    <Button
      size="small"
      onClick={() => startDebug({ ...link, ...(image === undefined ? {} : { image }), profile: 'netadmin' })}
    >
      Start a debugger with tcpdump
    </Button>
  );
}

function stateWords(state: CaptureState, count: number, bytes: number): string {
  const so = `${count.toLocaleString()} ${count === 1 ? 'packet' : 'packets'}, ${formatBytes(bytes)}`;
  switch (state.kind) {
    case 'idle':
      return '';
    case 'failed':
      return '';
    case 'starting':
      return 'tcpdump starts…';
    case 'running':
      return count === 0 ? 'Listening: nothing that matches has come yet.' : `${so}, and going on`;
    case 'over':
      return `${so}: ${state.why}`;
  }
}
