import type { ITheme } from '@xterm/xterm';

export const themeNames = ['dark', 'light', 'page', 'contrast'] as const;
export type ThemeName = (typeof themeNames)[number];

export interface ScreenTheme {
  colors: ITheme & { background: string };
  /** The least contrast of text, because programs don't know the background they write on. WCAG 2: 4.5 is AA, 7 AAA. */
  minimumContrast: number;
}

const light: ScreenTheme = {
  colors: {
    background: '#fdfdfe',
    foreground: '#24212f',
    cursor: '#5b3fd6',
    cursorAccent: '#fdfdfe',
    selectionBackground: '#5b3fd640',
    black: '#24212f',
    red: '#b3261e',
    green: '#1f7a3a',
    yellow: '#8a6100',
    blue: '#1d5fc4',
    magenta: '#9a2fa8',
    cyan: '#0f7480',
    white: '#6a6675',
    brightBlack: '#55515f',
    brightRed: '#d13a31',
    brightGreen: '#2b8f49',
    brightYellow: '#9c7000',
    brightBlue: '#2f73dd',
    brightMagenta: '#b045bf',
    brightCyan: '#188793',
    brightWhite: '#3a3645',
  },
  minimumContrast: 4.5,
};

const contrast: ScreenTheme = {
  colors: {
    background: '#000000',
    foreground: '#ffffff',
    cursor: '#ffff00',
    cursorAccent: '#000000',
    selectionBackground: '#0050ff',
    selectionForeground: '#ffffff',
  },
  minimumContrast: 7,
};

/** The current colours of a theme. The dark theme is a little darker on a dark page. */
export function readTheme(name: ThemeName): ScreenTheme {
  const isDarkPage = document.documentElement.dataset['theme'] === 'dark';
  if (name === 'contrast') return contrast;
  if (name === 'light' || (name === 'page' && !isDarkPage)) return light;
  const background = getComputedStyle(document.documentElement).getPropertyValue('--terminal').trim();
  return {
    colors: { background, foreground: '#e4e2ec', cursor: '#b9a7ff', selectionBackground: '#5b3fd6aa' },
    minimumContrast: 4.5,
  };
}

/** Calls back when the page turns dark or light, until the returned function is called. */
export function onPageTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
