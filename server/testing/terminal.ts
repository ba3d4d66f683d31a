import { leastKeptBytes } from '#lib/protocol/limits.ts';
import { TerminalSession } from '../terminals/terminal-session.ts';

/** A terminal of 80 by 24 that nothing is connected to, and that keeps the least that one may keep. `starter` may type in it. */
export function newTerminal(starter?: string): TerminalSession {
  return new TerminalSession({
    about: {
      owner: 'me',
      kind: 'debug',
      context: 'c',
      namespace: 'n',
      pod: 'p',
      container: 'debugger-x',
      image: undefined,
      target: undefined,
      command: '',
    },
    size: { columns: 80, rows: 24 },
    starter,
    keptBytes: leastKeptBytes,
    onChange() {},
  });
}
