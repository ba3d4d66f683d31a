import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { AppError } from '#lib/protocol/errors.ts';
import { type CaptureRequest, maxCaptureSeconds } from '#lib/protocol/requests/capture-stream.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { openExecStream } from '../../kubernetes/exec-stream.ts';
import { lacksProgram } from '../lacks-program.ts';
import { whileRead } from '../while-read-prelude.ts';

/** Above what tcpdump ends with. */
const noTcpdump = 109;

/** $1: the interface; $2: the filter. Each packet is written as it comes. `--` ends the flags. */
export const captureScript = `${whileRead}
command -v tcpdump >/dev/null 2>&1 || exit ${noTcpdump}
# Some builds become a user of their own, whom a container need not have.
user=; [ "$(id -u)" = 0 ] && case $(tcpdump --help 2>&1) in *' -Z '*) user='-Z root';; esac
limit=; command -v timeout >/dev/null 2>&1 && limit='timeout -s INT ${maxCaptureSeconds}'
while_read $limit tcpdump $user -i "$1" -U -s 0 -n -w - -- "$2"
`;

/** Captures packets until the reader leaves. Rejects with the reason where it can't begin. Ends with `signal`. */
export async function capturePackets(
  cluster: Cluster,
  { interface: name, filter = '', ...address }: Omit<CaptureRequest, 'context'>,
  signal: AbortSignal,
): Promise<Readable> {
  const command = ['sh', '-c', captureScript, 'sh', name, filter];
  const { output, ended } = await openExecStream(cluster, address, command, signal);
  // The file's header comes at once.
  const begun = once(output, 'readable').then(
    () => undefined,
    () => ended,
  );
  const over = await Promise.race([ended, begun]);
  if (over === undefined || output.readableLength > 0) return output;
  const { end, stderr } = over;
  if (end.kind === 'failed') throw end.error;
  const said = stderr.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  const hasNoShell = lacksProgram(end);
  if (hasNoShell || (end.kind === 'exit' && end.exitCode === noTcpdump)) {
    const what = hasNoShell ? 'shell to run tcpdump by' : 'tcpdump';
    throw new AppError('container', `${address.container} has no ${what}.`, {
      next: 'Start a debugger with an image that has it, such as nicolaka/netshoot, and profile netadmin.',
    });
  }
  if (/permission|not permitted/i.test(said)) {
    throw new AppError('container', `${address.container} may not capture packets: ${said}`, {
      next: 'Capturing takes NET_RAW: start a debugger with profile netadmin.',
    });
  }
  throw new AppError(
    'container',
    `The capture did not begin: ${said || (end.kind === 'refused' ? end.message : 'tcpdump did not say why')}.`,
    {
      next: 'Look at the interface and the filter.',
    },
  );
}
