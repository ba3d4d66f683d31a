import { Command, InvalidArgumentError, Option } from 'commander';

export interface Config {
  kubeconfig: string | undefined;
  context: string | undefined;
  namespace: string | undefined;
  port: number;
  logLevel: string;
}

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
      new Option('--log-level <level>', 'how much to log to stderr')
        .choices(['error', 'warn', 'info', 'debug'])
        .default('warn'),
    )
    .parse(argv);
  const options = command.opts<Config>();
  return {
    kubeconfig: options.kubeconfig,
    context: options.context,
    namespace: options.namespace,
    port: options.port,
    logLevel: options.logLevel,
  };
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}
