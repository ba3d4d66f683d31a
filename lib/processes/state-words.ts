/** What the letters of proc_pid_stat(5) mean to somebody who reads them at night. */
const words: Record<string, string> = {
  R: 'running',
  S: 'sleeping',
  D: 'waiting for a device',
  Z: 'zombie',
  T: 'stopped',
  t: 'traced',
  I: 'idle',
};

export function stateWord(state: string): string {
  return words[state] ?? state;
}
