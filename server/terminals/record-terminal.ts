import { type AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Recorder } from '../recordings/recorder.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { TerminalSession } from './terminal-session.ts';

/** What runs for each terminal that is recorded. */
const running = new WeakMap<TerminalSession, { stop(): Promise<void> }>();

/**
 * Records a terminal's output from now on, beginning with the screen as it is. What is typed is not recorded: only what
 * the terminal shows of it. Ends with the terminal.
 */
export async function startRecording(session: TerminalSession, store: RecordingStore, user: string): Promise<void> {
  if (session.recording.kind === 'on') return;
  const { owner, context, namespace, pod, container, image, command } = session.summary;
  const { columns, rows } = session.size;
  const onFailed = (error: AppError) => {
    void running.get(session)?.stop();
    session.setRecording({ kind: 'failed', error: toWireError(error) });
  };
  const about = { owner, context, user, namespace, pod, container, image };
  const { id, recorder } = await store.start({ about, command, columns, rows, onFailed });
  // Two who press the button at once.
  if (running.has(session) || session.signal.aborted) {
    await recorder.stop();
    return;
  }
  const stopObserving = observe(session, recorder);
  running.set(session, {
    async stop() {
      running.delete(session);
      stopObserving();
      await recorder.stop();
    },
  });
  session.setRecording({ kind: 'on', id, since: Date.now() });
}

export async function stopRecording(session: TerminalSession): Promise<void> {
  const stopped = running.get(session)?.stop();
  session.setRecording({ kind: 'off' });
  await stopped;
}

function observe(session: TerminalSession, recorder: Recorder): () => void {
  // To draw the screen takes a moment; what comes meanwhile goes after it.
  let hasBegun = false;
  void session.snapshot().then(({ position, bytes }) => {
    recorder.output(bytes);
    recorder.output(session.since(position));
    hasBegun = true;
  });
  return session.observe({
    output(bytes) {
      if (hasBegun) recorder.output(bytes);
    },
    resize: ({ columns, rows }) => recorder.resize(columns, rows),
    state(state) {
      if (state.kind === 'reconnecting') recorder.mark('The connection to the container broke');
      else if (state.kind === 'live') recorder.mark('Connected to the container');
      else if (state.kind === 'ended') {
        if (state.exitCode !== undefined) recorder.exit(state.exitCode);
        void stopRecording(session);
      }
    },
    closed: () => void running.get(session)?.stop(),
  });
}
