import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { keptBytes, leastKeptBytes, pingIntervalMs } from '#lib/protocol/limits.ts';
import { type DebugSettings, readDebugSettings } from './debug-settings.ts';
import type { RecordingLimits } from './recordings/recording-store.ts';

export interface Config {
  kubeconfig: string | undefined;
  context: string | undefined;
  namespace: string | undefined;
  port: number;
  /** Of each terminal's output, for a page that comes back. */
  keptBytes: number;
  /** Between two signs of life of an idle connection, to pages and to the API server. */
  pingIntervalMs: number;
  logLevel: string;
  /** For recordings, and for what a run leaves to the next. */
  dataFolder: string;
  newToken: boolean;
  recordings: RecordingLimits;
  debuggers: DebugSettings;
}

/** Options whose words differ from the configuration's. */
interface RawOptions {
  debuggers?: string;
  keptOutput: number;
  pingInterval: number;
  data: string;
  newToken?: boolean;
  recordingsSize: number;
  recordingsAge: number;
}

const dayMs = 24 * 60 * 60 * 1_000;
const mebibyte = 1024 * 1024;
/** High and unassigned, so that it collides with little; 0 lets the system choose. */
const defaultPort = 7317;

export function parseConfig(argv: string[]): Config {
  const command = new Command('ephemera')
    .description('A web dashboard for debugging Kubernetes pods with ephemeral containers.')
    .option('--kubeconfig <file>', 'read this kubeconfig and no other')
    .option('--context <name>', 'begin with this context instead of the current one')
    .option('-n, --namespace <name>', 'begin with this namespace instead of the context’s')
    .addOption(
      new Option('--port <number>', 'listen on 127.0.0.1 at this port; 0 takes a free one')
        .default(defaultPort)
        .argParser(toPort)
        .env('EPHEMERA_PORT'),
    )
    .addOption(
      new Option('--kept-output <MiB>', 'output that each terminal keeps for a page that comes back')
        .default(keptBytes / mebibyte)
        .argParser(toKept),
    )
    .addOption(
      new Option('--data <folder>', 'for recordings, and for what the next run should know')
        .default(defaultDataFolder(), '~/.local/state/ephemera')
        .env('EPHEMERA_DATA'),
    )
    .addOption(
      new Option('--recordings-size <MiB>', 'the most that all recordings together may take; the oldest go first')
        .default(1024)
        .argParser(toPositive),
    )
    .addOption(new Option('--recordings-age <days>', 'recordings older than this go').default(30).argParser(toPositive))
    .addOption(
      new Option(
        '--debuggers <file>',
        'YAML: which images and profiles may be used, and when an idle debugger is ended',
      ).env('EPHEMERA_DEBUGGERS'),
    )
    .addOption(
      new Option('--ping-interval <seconds>', 'ask idle connections for a sign of life; less than what proxies wait')
        .default(pingIntervalMs / 1_000)
        .argParser(toPositive),
    )
    .option('--new-token', 'make the addresses void that earlier runs printed')
    .addOption(
      new Option('--log-level <level>', 'how much to log to stderr')
        .choices(['error', 'warn', 'info', 'debug'])
        .default('warn'),
    )
    .parse(argv);
  const options = command.opts<Omit<Config, 'debuggers'> & RawOptions>();
  return {
    kubeconfig: options.kubeconfig,
    context: options.context,
    namespace: options.namespace,
    port: options.port,
    keptBytes: options.keptOutput * mebibyte,
    pingIntervalMs: options.pingInterval * 1_000,
    logLevel: options.logLevel,
    dataFolder: resolve(options.data),
    newToken: options.newToken === true,
    debuggers: readDebugSettings(options.debuggers),
    recordings: { totalBytes: options.recordingsSize * mebibyte, ageMs: options.recordingsAge * dayMs },
  };
}

/** Where programs keep what should outlast a run (XDG Base Directory Specification). */
function defaultDataFolder(): string {
  return join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'ephemera');
}

/** Memory is taken as it fills, so this is for a terminal or two whose whole flood matters; more belongs into a file. */
const mostKept = 256;

function toKept(text: string): number {
  const kept = Number(text);
  if (kept >= leastKeptBytes / mebibyte && kept <= mostKept) return kept;
  throw new InvalidArgumentError(`It is a number from ${leastKeptBytes / mebibyte} to ${mostKept}.`);
}

function toPositive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a number above 0.');
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}
