import { randomUUID } from 'node:crypto';

/**
 * A shell by exec outlives its connection, and nothing but its command line tells it from others: so it gets an argument
 * that means nothing to it (`sh -s NAME`: read the input, $1 is NAME). Other programs are left as they are.
 */
export function markShell(command: string[]): { command: string[]; mark: string | undefined } {
  if (command.length !== 1 || command[0] !== 'sh') return { command, mark: undefined };
  const mark = `ephemera-${randomUUID()}`;
  return { command: ['sh', '-s', mark], mark };
}
