import { type Config, parseConfig } from '../config.ts';

/** The configuration of a server for tests: a free port, a silent log, a folder of the test, and otherwise the defaults. */
export function testConfig(dataFolder: string, changes: Partial<Config> = {}): Config {
  const words = ['node', 'ephemera', '--port', '0', '--data', dataFolder];
  return { ...parseConfig(words), logLevel: 'silent', ...changes };
}
