import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from './config.ts';
import { createLog } from './log.ts';
import { startServer } from './server.ts';

const site = join(import.meta.dirname, '..', 'out');
const config = parseConfig(process.argv);
const log = createLog(config.logLevel);

if (!existsSync(site)) {
  console.error('The pages are not built yet: run `npm start` (it builds them) or `npm run build` first.');
  process.exit(1);
}

// A mistake of ours in one terminal must not end everybody's.
process.on('unhandledRejection', (err) => log.error({ err }, 'a rejection was not handled'));

try {
  const server = await startServer(config, site, log);
  console.log(`Ephemera is at ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server));
} catch (error) {
  console.error(explainStart(error));
  process.exit(1);
}

async function stop(server: { close(): Promise<void> }): Promise<void> {
  await server.close();
  process.exit(0);
}

function explainStart(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${config.port} is taken, perhaps by another Ephemera. Stop that one, or choose another with --port (0 takes a free one).`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
