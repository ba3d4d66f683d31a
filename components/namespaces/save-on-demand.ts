import { type ErrorCode, toWireError } from '#lib/protocol/errors.ts';
import { useActionError } from '../ui/action-error-store.ts';

const lost: ErrorCode = 'disconnected';

/** Fetches what only a download needs, then saves. The page loads without it. */
export async function saveOnDemand<T>(fetchSaver: () => Promise<T>, save: (saver: T) => void | Promise<void>) {
  const saver = await fetchSaver().catch(() => undefined);
  const { show } = useActionError.getState();
  if (saver === undefined) {
    const message = 'The server does not answer, and the file is made by a part of the page that it has not sent yet.';
    show('Could not save', { code: lost, message, next: 'Try again once the server is back.' });
    return;
  }
  try {
    await save(saver);
  } catch (error) {
    show('Could not save', toWireError(error));
  }
}
