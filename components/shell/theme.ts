export type ThemeChoice = 'system' | 'light' | 'dark';

const storageKey = 'ephemera.theme';

/** Runs in the document's head before the first paint. */
export const themeScript = `(function(){var c;try{c=localStorage.getItem('${storageKey}')}catch(e){}
var d=c==='dark'||(c!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme=d?'dark':'light'})()`;

export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Where storage is forbidden, the page follows the system.
    return 'system';
  }
}

export function applyTheme(choice: ThemeChoice): void {
  const isDark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

export function storeThemeChoice(choice: ThemeChoice): void {
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // Where storage is forbidden, the choice lasts for this page only.
  }
  applyTheme(choice);
}
