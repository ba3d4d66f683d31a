import { useState } from 'react';
import { encodeName, joinPath, showPath } from '#lib/files/file-path.ts';
import { formatBytes } from '#lib/format-bytes.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { fetchOrExplain } from '../connection/open-bytes.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { type FileAddress, uploadHref } from './file-address.ts';

export interface UploadDialogProps {
  address: FileAddress;
  container: string;
  onClose(): void;
  onUploaded(): void;
}

/** Puts a file into a running container, and first says what that means. */
export function UploadDialog({ address, container, onClose, onUploaded }: UploadDialogProps) {
  const [file, setFile] = useState<File>();
  const [overwrites, setOverwrites] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<WireError>();
  const send = async (chosen: File) => {
    setSending(true);
    setError(undefined);
    try {
      await upload(chosen, address, { overwrites });
      onUploaded();
      onClose();
    } catch (cause) {
      setError(toWireError(cause));
      setSending(false);
    }
  };
  return (
    <Dialog title="Upload a file" description={`Into ${showPath(address.path)} of ${container}`} onClose={onClose}>
      <form
        className="space-y-4 p-4 text-sm"
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== undefined) void send(file);
        }}
      >
        <p className="text-muted">
          This writes into a container that runs: what runs there may read it at once, and it is gone when the container
          restarts, unless the folder is a volume. It takes the right to exec into {address.container}, and a user there
          who may write here.
        </p>
        <FilePicker
          onPick={(picked) => {
            setFile(picked);
            setError(undefined);
          }}
        />
        <CheckField
          label="Write over a file of this name"
          hint="It keeps its owner and mode."
          isChecked={overwrites}
          onChange={setOverwrites}
        />
        {error && <ErrorNotice error={error} title="It was not uploaded" />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          {file && <span className="mr-auto text-xs text-muted">{formatBytes(file.size)}</span>}
          <Button type="button" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={file === undefined || isSending}>
            {isSending ? 'Uploading…' : 'Upload'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function FilePicker({ onPick }: { onPick(file: File | undefined): void }) {
  return (
    <label className="block">
      <span className="mb-1 block font-medium">File</span>
      <input
        type="file"
        onChange={(event) => onPick(event.target.files?.[0])}
        className="block w-full text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line file:bg-raised file:px-3 file:text-text"
      />
    </label>
  );
}

async function upload(file: File, folder: FileAddress, { overwrites }: { overwrites: boolean }): Promise<void> {
  const name = encodeName(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const target = { ...folder, path: joinPath(folder.path, name) };
  await fetchOrExplain(uploadHref(target, { overwrites }), {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
}
