'use client';

import {
  AArrowDown,
  AArrowUp,
  ChevronDown,
  ChevronUp,
  Circle,
  ClipboardCopy,
  ClipboardPaste,
  Eye,
  Info,
  Link as LinkIcon,
  Search,
  Settings2,
  X,
} from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { terminalHref, watchHref } from '../links/pod-links.ts';
import { closeTerminal, recordTerminal, shareTerminal } from '../open-terminals/terminal-actions.ts';
import { useTerminalStore } from '../open-terminals/terminal-store.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { AboutDialog, SettingsDialog } from './lazy-parts.ts';
import { RecordingBadge } from './recording-status.tsx';
import { fontSizes, useTerminalSettings } from './terminal-settings.ts';
import type { TerminalHandle } from './use-terminal-pane.ts';

/** An address to hand on. It holds no token, so it only opens for a user who is let in already. */
function addressOf(href: string): string {
  return new URL(href, window.location.origin).href;
}

async function watchLink(summary: TerminalSummary): Promise<string> {
  return addressOf(watchHref(summary, await shareTerminal(summary.session)));
}

export interface DockToolbarProps {
  summary: TerminalSummary;
  handle: RefObject<TerminalHandle | null>;
  onSearch(): void;
}

export function DockToolbar({ summary, handle, onSearch }: DockToolbarProps) {
  const { isCollapsed, watched, set: setDock } = useTerminalStore();
  const isWatched = watched === summary.session;
  const [isSetting, setSetting] = useState(false);
  const [isTelling, setTelling] = useState(false);
  return (
    <div role="toolbar" aria-label="Terminal" className="flex shrink-0 items-center">
      <RecordingBadge recording={summary.recording} />
      <span className="max-lg:hidden pr-2 text-xs text-muted">
        <kbd>Shift+Tab</kbd> leaves the terminal
      </span>
      <span className="flex max-sm:hidden">
        <LinkButtons summary={summary} />
        <ClipboardButtons handle={handle} />
        <FontButtons />
      </span>
      {summary.kind === 'debug' && (
        <IconButton label="How it started, and what it can do" onClick={() => setTelling(true)}>
          <Info size={15} aria-hidden />
        </IconButton>
      )}
      <IconButton label="Settings of the terminals" onClick={() => setSetting(true)}>
        <Settings2 size={15} aria-hidden />
      </IconButton>
      {!isWatched && <RecordButton summary={summary} />}
      <IconButton label="Search (Ctrl+Shift+F)" onClick={onSearch}>
        <Search size={15} aria-hidden />
      </IconButton>
      <IconButton
        label={isCollapsed ? 'Show the terminal' : 'Hide the terminal'}
        aria-expanded={!isCollapsed}
        onClick={() => setDock({ isCollapsed: !isCollapsed })}
      >
        {isCollapsed ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
      </IconButton>
      {!isWatched && (
        <IconButton label={`Close ${summary.container}`} onClick={() => void closeTerminal(summary)}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
      {isTelling && <AboutDialog summary={summary} onClose={() => setTelling(false)} />}
      {isSetting && <SettingsDialog onClose={() => setSetting(false)} />}
    </div>
  );
}

function LinkButtons({ summary }: { summary: TerminalSummary }) {
  return (
    <>
      <CopyButton text={summary.command} label="Copy the equal kubectl command" />
      <CopyButton text={addressOf(terminalHref(summary))} label="Copy a link to this terminal" icon={LinkIcon} />
      <CopyButton text={() => watchLink(summary)} label="Copy a link that only watches this terminal" icon={Eye} />
    </>
  );
}

function ClipboardButtons({ handle }: Pick<DockToolbarProps, 'handle'>) {
  const copy = () => void navigator.clipboard.writeText(handle.current?.selection() ?? '');
  const paste = () => {
    navigator.clipboard.readText().then(
      (text) => handle.current?.paste(text),
      () => handle.current?.focus(),
    );
  };
  return (
    <>
      <IconButton label="Copy the selection (Ctrl+Shift+C)" onClick={copy}>
        <ClipboardCopy size={15} aria-hidden />
      </IconButton>
      <IconButton label="Paste (Ctrl+Shift+V)" onClick={paste}>
        <ClipboardPaste size={15} aria-hidden />
      </IconButton>
    </>
  );
}

function FontButtons() {
  const { fontSize, set } = useTerminalSettings();
  return (
    <>
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
    </>
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
