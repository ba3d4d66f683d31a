'use client';

import { Dialog } from '../ui/dialog.tsx';

const keys: [keys: string[], what: string][] = [
  [['/'], 'Filter the pods'],
  [['↑', '↓', 'Home', 'End'], 'Move through the pods'],
  [['Enter'], 'Open the pod'],
  [['d'], 'Debug the pod'],
  [['Esc'], 'Clear the filter; go back to the list'],
  [['r'], 'Read the namespaces again (on a pod’s page)'],
  [['t'], 'Go to the terminals'],
  [['Shift', 'Tab'], 'Leave a terminal, for its tab'],
  [['Delete'], 'Close the terminal (on its tab)'],
  [['Ctrl', 'Shift', 'F'], 'Search in a terminal'],
  [['Ctrl', 'Shift', 'C'], 'Copy the selection in a terminal'],
  [['Ctrl', 'Shift', 'V'], 'Paste into a terminal'],
];

export function HelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 p-4 text-sm">
        {keys.map(([combination, what]) => (
          <div key={what} className="contents">
            <dt className="flex gap-1">
              {combination.map((key) => (
                <kbd key={key} className="rounded border border-line bg-raised px-1.5 py-0.5 text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
