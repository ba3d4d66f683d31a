import { Circle, Download, Square } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import type { NetworkInterface } from '#lib/network/interfaces.ts';
import { captureFilter, maxCaptureBytes, maxCaptureSeconds } from '#lib/protocol/requests/capture-stream.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, toChoices } from '../ui/choice-field.tsx';
import { CodeField } from '../ui/code-field.tsx';

const times = [
  { value: '10', label: '10 seconds' },
  { value: '60', label: 'a minute' },
  { value: String(maxCaptureSeconds), label: '10 minutes' },
];
const sizes = [8_000_000, maxCaptureBytes].map((bytes) => ({ value: String(bytes), label: formatBytes(bytes) }));

/** What to capture, and when to stop. */
export interface CaptureChoice {
  container: string;
  device: string;
  filter: string;
  seconds: number;
  bytes: number;
}

export interface CaptureFormProps {
  /** Names of the containers that run. */
  containers: string[];
  /** The container that most likely has tcpdump. */
  suggested: string | undefined;
  interfaces: NetworkInterface[];
  isRunning: boolean;
  hasPackets: boolean;
  onStart(choice: CaptureChoice): void;
  onStop(): void;
  onSave(): void;
}

export function CaptureForm({ containers, suggested, interfaces, ...actions }: CaptureFormProps) {
  const [chosen, setChosen] = useState('');
  const [device, setDevice] = useState('any');
  const [filter, setFilter] = useState('');
  const [seconds, setSeconds] = useState(times[1]?.value ?? '');
  const [bytes, setBytes] = useState(sizes[0]?.value ?? '');
  const container = containers.includes(chosen) ? chosen : (suggested ?? containers[0] ?? '');
  const isValid = container !== '' && captureFilter.test(filter);
  const { isRunning, onStart, onStop } = actions;
  return (
    <form
      className="flex flex-wrap items-end gap-3 p-3 sm:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRunning) onStop();
        else if (isValid) onStart({ container, device, filter, seconds: Number(seconds), bytes: Number(bytes) });
      }}
    >
      <ChoiceField
        label="Interface"
        className="basis-32"
        value={device}
        choices={toChoices(['any', ...interfaces.map((one) => one.name)])}
        onChange={setDevice}
      />
      <FilterField value={filter} onChange={setFilter} />
      <ChoiceField
        label="In container"
        className="basis-44"
        value={container}
        choices={toChoices(containers)}
        onChange={setChosen}
      />
      <ChoiceField label="For" className="basis-32" value={seconds} choices={times} onChange={setSeconds} />
      <ChoiceField label="At most" className="basis-28" value={bytes} choices={sizes} onChange={setBytes} />
      <CaptureButtons {...actions} isValid={isValid} />
    </form>
  );
}

function FilterField({ value, onChange }: { value: string; onChange(value: string): void }) {
  return (
    <div className="min-w-48 flex-1 basis-56">
      <CodeField
        label="Filter"
        value={value}
        placeholder="port 80 and host 10.0.0.1"
        problem={captureFilter.test(value) ? undefined : 'These are not words of a filter'}
        onChange={onChange}
      />
    </div>
  );
}

type CaptureButtonsProps = Pick<CaptureFormProps, 'isRunning' | 'hasPackets' | 'onSave'> & { isValid: boolean };

function CaptureButtons({ isRunning, isValid, hasPackets, onSave }: CaptureButtonsProps) {
  return (
    <div className="mb-1 flex gap-2">
      <Button type="submit" variant={isRunning ? 'plain' : 'primary'} disabled={!isRunning && !isValid}>
        {isRunning ? <Square size={14} aria-hidden /> : <Circle size={14} aria-hidden />}
        {isRunning ? 'Stop' : 'Capture'}
      </Button>
      <Button type="button" disabled={!hasPackets} onClick={onSave} title="A file that Wireshark and tcpdump read">
        <Download size={14} aria-hidden /> pcap
      </Button>
    </div>
  );
}
