'use client';

import {
  AArrowDown,
  AArrowUp,
  Accessibility,
  ChevronDown,
  ChevronUp,
  Circle,
  ClipboardCopy,
  ClipboardPaste,
  Link as LinkIcon,
  Search,
  X,
} from 'lucide-react';
import type { RefObject } from 'react';
import type { TerminalSummary } from '#lib/protocol/events.ts';
import { terminalHref } from '../shell/url-state.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { RecordingBadge } from './recording-words.tsx';
import { closeTerminal, recordTerminal } from './terminal-actions.ts';
import { useTerminalStore } from './terminal-store.ts';
import type { TerminalHandle } from './terminal-view.tsx';

/** For another page of who is let in: the address of a terminal lets nobody in by itself. */
function terminalAddress(summary: TerminalSummary): string {
  return new URL(terminalHref(summary), window.location.origin).href;
}

/** Below 8 px nothing can be read, above 32 no 80 columns fit. */
const fontSizes = { least: 8, most: 32 };

export interface DockToolbarProps {
  summary: TerminalSummary;
  handle: RefObject<TerminalHandle | null>;
  onSearch(): void;
}

export function DockToolbar({ summary, handle, onSearch }: DockToolbarProps) {
  const { fontSize, isScreenReaderMode, isCollapsed, set } = useTerminalStore();
  return (
    <div role="toolbar" aria-label="Terminal" className="flex shrink-0 items-center">
      <RecordingBadge recording={summary.recording} />
      <span className="max-lg:hidden pr-2 text-xs text-muted">
        <kbd>Shift+Tab</kbd> leaves the terminal
      </span>
      <span className="flex max-sm:hidden">
        <CopyButton text={summary.command} label="Copy the equal kubectl command" />
        <CopyButton text={terminalAddress(summary)} label="Copy a link to this terminal" icon={LinkIcon} />
        <IconButton
          label="Copy the selection (Ctrl+Shift+C)"
          onClick={() => void navigator.clipboard.writeText(handle.current?.selection() ?? '')}
        >
          <ClipboardCopy size={15} aria-hidden />
        </IconButton>
        <IconButton
          label="Paste (Ctrl+Shift+V)"
          onClick={() => {
            navigator.clipboard.readText().then(
              (text) => handle.current?.paste(text),
              () => handle.current?.focus(),
            );
          }}
        >
          <ClipboardPaste size={15} aria-hidden />
        </IconButton>
        <IconButton
          label="Smaller text"
          disabled={fontSize <= fontSizes.least}
          onClick={() => set({ fontSize: fontSize - 1 })}
        >
          <AArrowDown size={16} aria-hidden />
        </IconButton>
        <IconButton
          label="Larger text"
          disabled={fontSize >= fontSizes.most}
          onClick={() => set({ fontSize: fontSize + 1 })}
        >
          <AArrowUp size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={`Screen reader mode is ${isScreenReaderMode ? 'on' : 'off'}`}
          aria-pressed={isScreenReaderMode}
          onClick={() => set({ isScreenReaderMode: !isScreenReaderMode })}
          className={isScreenReaderMode ? 'bg-accent-soft text-text' : ''}
        >
          <Accessibility size={15} aria-hidden />
        </IconButton>
      </span>
      <RecordButton summary={summary} />
      <IconButton label="Search (Ctrl+Shift+F)" onClick={onSearch}>
        <Search size={15} aria-hidden />
      </IconButton>
      <IconButton
        label={isCollapsed ? 'Show the terminal' : 'Hide the terminal'}
        aria-expanded={!isCollapsed}
        onClick={() => set({ isCollapsed: !isCollapsed })}
      >
        {isCollapsed ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
      </IconButton>
      <IconButton label={`Close ${summary.container}`} onClick={() => void closeTerminal(summary)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

function RecordButton({ summary }: { summary: TerminalSummary }) {
  const isOn = summary.recording.kind === 'on';
  return (
    <IconButton
      label={isOn ? 'Stop recording' : 'Record what this terminal shows'}
      aria-pressed={isOn}
      disabled={summary.state.kind === 'ended' && !isOn}
      onClick={() => void recordTerminal(summary.session, !isOn)}
    >
      <Circle size={14} aria-hidden className={isOn ? 'fill-problem text-problem' : ''} />
    </IconButton>
  );
}
