import { useState } from 'react';
import type { PodDetail, PodEvent } from '#lib/pods.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';
import { pictureId } from '../namespaces/namespace-picture.tsx';
import { drawingToSvg } from '../namespaces/save-drawing.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { saveBlob } from '../ui/save-file.ts';
import { makeBundle } from './make-bundle.ts';

export interface BundleDialogProps {
  link: PodLink;
  pod: PodDetail;
  events: PodEvent[];
  onClose(): void;
}

/** Chooses what goes into a bundle for an incident, and makes it. */
export function BundleDialog({ link, pod, events, onClose }: BundleDialogProps) {
  const [hasLogs, setHasLogs] = useState(true);
  const [chosen, setChosen] = useState<string[]>([]);
  const [making, setMaking] = useState<string>();
  const [error, setError] = useState<WireError>();
  const make = async () => {
    setError(undefined);
    setMaking('');
    try {
      // The drawing on the page, in the colours of the page.
      const drawing = document.getElementById(pictureId);
      const picture = drawing instanceof SVGSVGElement ? drawingToSvg(drawing) : undefined;
      const bundle = await makeBundle({ link, pod, events, picture, hasLogs, recordings: chosen }, setMaking);
      saveBlob(bundle, `${pod.name}.zip`);
      onClose();
    } catch (cause) {
      setError(toWireError(cause));
      setMaking(undefined);
    }
  };
  return (
    <Dialog title="Bundle for an incident" description={`${pod.namespace}/${pod.name}`} onClose={onClose}>
      <div className="space-y-4 p-4 text-sm">
        <p className="text-muted">
          A zip with the pod’s YAML (values that look like secrets left out), its timeline, namespaces, processes and
          network, and a first page that says what is what.
        </p>
        <CheckField
          label="Logs"
          hint="The last 5,000 lines of each container, and of its run before. They are as the application wrote them."
          isChecked={hasLogs}
          onChange={setHasLogs}
        />
        <RecordingChoice link={link} chosen={chosen} onChange={setChosen} />
        {error && <ErrorNotice error={error} title="It could not be made" />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          {making !== undefined && (
            <span role="status" className="mr-auto min-w-0 truncate text-xs text-muted">
              Reading {making}…
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={making !== undefined} onClick={() => void make()}>
            Make the bundle
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface RecordingChoiceProps {
  link: PodLink;
  /** Recordings by their ids. */
  chosen: string[];
  onChange(chosen: string[]): void;
}

/** The recordings of the pod's terminals, to choose from. */
function RecordingChoice({ link, chosen, onChange }: RecordingChoiceProps) {
  const { value: recordings = [] } = useAnswer('recordings:list', {});
  const own = recordings.filter(
    (one) => one.context === link.context && one.namespace === link.namespace && one.pod === link.pod,
  );
  if (own.length === 0) return null;
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1 font-medium">Recordings</legend>
      {own.map(({ id, container, startedAt }) => (
        <CheckField
          key={id}
          label={`${container}, ${new Date(startedAt).toLocaleString()}`}
          isChecked={chosen.includes(id)}
          onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  );
}
