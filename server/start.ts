import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, parseConfig } from './config.ts';
import { createLog } from './log.ts';
import { startServer } from './server.ts';
import { onceNpmHasGone } from './stop-with-npm.ts';

const site = join(import.meta.dirname, '..', 'out');

/** Runs the dashboard until it is told to end; what else must end with it is ended by `beforeExit`. */
export async function start(argv: string[], beforeExit: () => Promise<void> = async () => {}): Promise<void> {
  const config = parseOrExit(argv);
  const log = createLog(config.logLevel);
  if (!existsSync(site)) {
    console.error('The pages are not built yet: run `npm start` (it builds them) or `npm run build` first.');
    await beforeExit();
    process.exit(1);
  }
  // A mistake of ours in one terminal must not end everybody's.
  process.on('unhandledRejection', (err) => log.error({ err }, 'a rejection was not handled'));
  try {
    const server = await startServer(config, site, log);
    let isStopping = false;
    const stop = async () => {
      if (isStopping) return;
      isStopping = true;
      await server.close();
      await beforeExit();
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
    onceNpmHasGone(() => void stop());
    console.log(`Ephemera is at ${server.url}`);
  } catch (error) {
    console.error(explainStart(error, config.port));
    await beforeExit();
    process.exit(1);
  }
}

function parseOrExit(argv: string[]): Config {
  try {
    return parseConfig(argv);
  } catch (error) {
    // A file of settings that can't be used.
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

function explainStart(error: unknown, port: number): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken, perhaps by another Ephemera. Stop that one, or choose another with --port (0 takes a free one).`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
