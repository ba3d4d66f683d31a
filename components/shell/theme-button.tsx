'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../ui/button.tsx';
import { applyTheme, readThemeChoice, storeThemeChoice, type ThemeChoice } from './theme.ts';

const next: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };
const icons = { system: Monitor, light: Sun, dark: Moon };

/** Switches in turn: system, light, dark. */
export function ThemeButton() {
  const [choice, setChoice] = useState<ThemeChoice>('system');
  useEffect(() => setChoice(readThemeChoice()), []);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => applyTheme(choice);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [choice]);
  const Icon = icons[choice];
  return (
    <IconButton
      label={`Theme: ${choice}. Switch to ${next[choice]}`}
      onClick={() => {
        storeThemeChoice(next[choice]);
        setChoice(next[choice]);
      }}
    >
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
