import { StatusError } from '../api/status.ts';

/** What the error channel ends with: a Status that says how the process ended. */
export function toEndStatus(exitCode: number | undefined, command: readonly string[]): object {
  if (exitCode === undefined || exitCode === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: error executing command [${command.join(' ')}], exit code ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}

/** The same for a process that could not be streamed with at all. */
export function toFailureStatus(error: unknown): object {
  if (error instanceof StatusError) return error.toJSON();
  return new StatusError('InternalError', error instanceof Error ? error.message : String(error)).toJSON();
}
