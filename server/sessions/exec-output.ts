import type { Cluster } from '../kubernetes/cluster.ts';
import { openContainerStream, type StreamEnd } from '../kubernetes/container-stream.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';

export interface ExecOutput {
  stdout: string;
  stderr: string;
  end: StreamEnd;
}

export interface ExecLimits {
  timeoutMs: number;
  /** Of stdout and stderr together; the stream is cut off there. */
  maxBytes: number;
}

/** Runs a command in a container without a terminal and collects what it prints. Throws on time-out and overflow. */
export async function execOutput(
  cluster: Cluster,
  address: PodAddress & { container: string },
  command: string[],
  limits: ExecLimits,
): Promise<ExecOutput> {
  const { promise, resolve, reject } = Promise.withResolvers<StreamEnd>();
  const output: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  let size = 0;
  const timer = setTimeout(() => reject(new Error(`no answer within ${limits.timeoutMs / 1000} s`)), limits.timeoutMs);
  const { namespace, pod, container } = address;
  const stream = await openContainerStream(
    cluster,
    { kind: 'exec', namespace, pod, container, command, stdin: false, tty: false },
    {
      onOutput(bytes, channel) {
        size += bytes.length;
        if (size > limits.maxBytes) reject(new Error(`more than ${limits.maxBytes} bytes of output`));
        else output[channel].push(bytes);
      },
      onEnd: resolve,
    },
  );
  try {
    const end = await promise;
    return {
      stdout: Buffer.concat(output.stdout).toString('utf8'),
      stderr: Buffer.concat(output.stderr).toString('utf8'),
      end,
    };
  } finally {
    clearTimeout(timer);
    stream.close();
  }
}
