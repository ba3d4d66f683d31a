import type { RecordingStore } from '../recordings/recording-store.ts';
import type { SocketRequests } from './socket-requests.ts';

export function answerRecordings(requests: SocketRequests, recordings: RecordingStore): void {
  requests.answer('recordings:list', (_request, { id }) => recordings.list(id));
  requests.answer('recording:delete', async ({ recording }, { id }) => {
    await recordings.delete(recording, id);
    return null;
  });
}
