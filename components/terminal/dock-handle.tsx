'use client';

import { useTerminalStore } from '../open-terminals/terminal-store.ts';

const least = 0.15;
const most = 0.92;
const step = 0.04;

/** Resizes the dock: by dragging, or by the arrow keys while it has the focus. */
export function DockHandle() {
  const { height, set } = useTerminalStore();
  const resize = (to: number) => set({ height: Math.min(most, Math.max(least, to)) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator with a value is the pattern for a splitter; hr takes no focus
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the terminals"
      aria-valuenow={Math.round(height * 100)}
      aria-valuemin={least * 100}
      aria-valuemax={most * 100}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(1 - event.clientY / window.innerHeight);
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') resize(height + step);
        if (event.key === 'ArrowDown') resize(height - step);
      }}
      className="absolute inset-x-0 -top-1 z-10 h-2 cursor-row-resize touch-none hover:bg-accent/40"
    />
  );
}
