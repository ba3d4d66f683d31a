'use client';

import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Shows the real address of a link before it opens, because its text in the terminal can show another. */
export function LinkDialog({ address, onClose }: { address: string; onClose(): void }) {
  return (
    <Dialog title="Open this address?" description="A program in the container wrote this link." onClose={onClose}>
      <div className="space-y-4 p-4">
        <p className="rounded-md border border-line bg-raised p-2 font-mono text-sm break-all">{address}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              window.open(address, '_blank', 'noopener,noreferrer');
              onClose();
            }}
          >
            Open in a new tab
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
