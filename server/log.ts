import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Credentials never reach the log, whatever object they hang on. */
const redact = [
  '*.headers.authorization',
  '*.headers.cookie',
  'headers.Authorization',
  '*.token',
  '*.password',
  'token',
];

/** JSON lines to stderr: stdout has the address alone, so that a script can read it. */
export function createLog(level: string): Log {
  return pino({ level, redact }, pino.destination(2));
}
