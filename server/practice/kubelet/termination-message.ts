import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningContainer } from '../runtime/running-container.ts';
import type { Container } from '../store/pod.ts';

/** k8s.io/kubernetes pkg/kubelet/container MaxPodTerminationMessageLogLength. */
const maxMessageBytes = 4_096;

/** A container's termination message, or the end of its log if the policy asks for that. */
export function terminationMessage(running: RunningContainer, container: Container): string {
  const message = readEnd(join(running.spec.folder, 'termination-log'));
  if (message !== '' || container.terminationMessagePolicy !== 'FallbackToLogsOnError') return message;
  return readEnd(running.io.log.path)
    .split('\n')
    .map((line) => line.split(' ').slice(3).join(' '))
    .join('\n');
}

function readEnd(path: string): string {
  try {
    return readFileSync(path).subarray(-maxMessageBytes).toString('utf8');
  } catch {
    // The container has removed the file.
    return '';
  }
}
