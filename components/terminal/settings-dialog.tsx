'use client';

import type { ReactNode } from 'react';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { type RendererChoice, type TerminalSettings, useTerminalSettings } from './terminal-settings.ts';
import { type ThemeName, themeNames } from './terminal-themes.ts';

const themes: Record<ThemeName, string> = {
  dark: 'Dark',
  light: 'Light',
  page: 'As the page',
  contrast: 'High contrast',
};
const renderers: Record<RendererChoice, string> = {
  auto: 'WebGL where there is a graphics card',
  webgl: 'Always WebGL',
  dom: 'Never WebGL',
};
type Switch = {
  [K in keyof TerminalSettings]: TerminalSettings[K] extends boolean ? K : never;
}[keyof TerminalSettings];
const switches: [Switch, string][] = [
  ['copiesOnSelect', 'Copy what is selected at once'],
  ['asksBeforePaste', 'Ask before several lines are pasted where each would run at once'],
  ['isScreenReaderMode', 'Screen reader mode: what is printed is read out'],
];

/** How terminals look and behave in this browser. Every change shows at once. */
export function SettingsDialog({ onClose }: { onClose(): void }) {
  const { set, ...settings } = useTerminalSettings();
  return (
    <Dialog title="Terminals in this browser" onClose={onClose}>
      <div className="space-y-4 p-4 text-sm">
        <Choice
          label="Colours"
          value={settings.theme}
          options={themeNames.map((name) => [name, themes[name]])}
          onChange={(theme) => set({ theme })}
        />
        <Choice
          label="Drawn by"
          value={settings.renderer}
          options={Object.entries(renderers) as [RendererChoice, string][]}
          onChange={(renderer) => set({ renderer })}
        />
        {switches.map(([name, label]) => (
          <CheckField key={name} label={label} isChecked={settings[name]} onChange={(isOn) => set({ [name]: isOn })} />
        ))}
      </div>
    </Dialog>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: [T, string][];
  onChange(value: T): void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>): ReactNode {
  return (
    <label className="flex items-center justify-between gap-4">
      {label}
      <select
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className="h-8 rounded-md border border-line bg-surface px-2"
      >
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
