import type { StreamEnd } from '../kubernetes/container-stream.ts';

/** The container has no program of the name that was asked for, in the words of runc, crun and the practice cluster. */
export function lacksProgram(end: StreamEnd): boolean {
  return end.kind === 'refused' && /executable file not found|no such file/i.test(end.message);
}
