import { Circle, Download, Square } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import type { NetworkInterface } from '#lib/network/interfaces.ts';
import {
  captureFilter,
  captureStream,
  maxCaptureBytes,
  maxCaptureSeconds,
} from '#lib/protocol/requests/capture-stream.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { useClusterStore } from '../shell/cluster-store.ts';
import type { PodLink } from '../shell/url-state.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, toChoices } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { saveBlob } from '../ui/save-file.ts';
import { Section } from '../ui/section.tsx';
import { PacketTable } from './packet-table.tsx';
import { type CaptureState, useCapture } from './use-capture.ts';

const times = [
  { value: '10', label: '10 seconds' },
  { value: '60', label: 'a minute' },
  { value: String(maxCaptureSeconds), label: '10 minutes' },
];
const sizes = [8_000_000, maxCaptureBytes].map((bytes) => ({ value: String(bytes), label: formatBytes(bytes) }));

export interface CaptureSectionProps {
  link: PodLink;
  /** Those that run. */
  containers: string[];
  /** The one that most likely can. */
  suggested: string | undefined;
  interfaces: NetworkInterface[];
}

/** Packets of the pod as they come, by tcpdump in one of its containers, and a file of them. */
export function CaptureSection({ link, containers, suggested, interfaces }: CaptureSectionProps) {
  const { state, packets, bytes, start, stop, file } = useCapture();
  const startDebug = useDebugStore((store) => store.open);
  const images = useClusterStore((store) => store.list?.debuggers.images);
  const image = images?.find(({ what }) => what.includes('tcpdump'))?.image;
  const [chosen, setChosen] = useState('');
  const [device, setDevice] = useState('any');
  const [filter, setFilter] = useState('');
  const [seconds, setSeconds] = useState(times[1]?.value ?? '');
  const [bytesMost, setBytesMost] = useState(sizes[0]?.value ?? '');
  const container = containers.includes(chosen) ? chosen : (suggested ?? containers[0] ?? '');
  const isRunning = state.kind === 'running' || state.kind === 'starting';
  const isValid = container !== '' && captureFilter.test(filter);
  const { context, namespace, pod: name } = link;
  const begin = () => {
    const query = {
      context,
      namespace,
      pod: name,
      container,
      interface: device,
      ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
    };
    start(`${captureStream.path}?${new URLSearchParams(query)}`, {
      seconds: Number(seconds),
      bytes: Number(bytesMost),
    });
  };
  return (
    <Section title="Capture" count={packets.length === 0 ? undefined : packets.length}>
      <form
        className="flex flex-wrap items-end gap-3 p-3 sm:px-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isRunning) stop();
          else if (isValid) begin();
        }}
      >
        <ChoiceField
          label="Interface"
          className="basis-32"
          value={device}
          choices={toChoices(['any', ...interfaces.map((one) => one.name)])}
          onChange={setDevice}
        />
        <div className="min-w-48 flex-1 basis-56">
          <CodeField
            label="Filter"
            value={filter}
            placeholder="port 80 and host 10.0.0.1"
            problem={captureFilter.test(filter) ? undefined : 'These are not words of a filter'}
            onChange={setFilter}
          />
        </div>
        <ChoiceField
          label="In container"
          className="basis-44"
          value={container}
          choices={toChoices(containers)}
          onChange={setChosen}
        />
        <ChoiceField label="For" className="basis-32" value={seconds} choices={times} onChange={setSeconds} />
        <ChoiceField label="At most" className="basis-28" value={bytesMost} choices={sizes} onChange={setBytesMost} />
        <div className="mb-1 flex gap-2">
          <Button type="submit" variant={isRunning ? 'plain' : 'primary'} disabled={!isRunning && !isValid}>
            {isRunning ? <Square size={14} aria-hidden /> : <Circle size={14} aria-hidden />}
            {isRunning ? 'Stop' : 'Capture'}
          </Button>
          <Button
            type="button"
            disabled={packets.length === 0}
            onClick={() => saveBlob(file(), `${name}.pcap`)}
            title="A file that Wireshark and tcpdump read"
          >
            <Download size={14} aria-hidden /> pcap
          </Button>
        </div>
      </form>
      {state.kind === 'failed' && (
        <div className="px-3 pb-3 sm:px-4">
          <ErrorNotice error={state.error}>
            <Button
              size="small"
              onClick={() => startDebug({ ...link, ...(image === undefined ? {} : { image }), profile: 'netadmin' })}
            >
              Start a debugger with tcpdump
            </Button>
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
