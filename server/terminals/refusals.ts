import { AppError } from '#lib/protocol/errors.ts';

/** For a terminal that was closed, and for one of somebody else: whoever guesses an id learns nothing. */
export function noSuchTerminal(): AppError {
  return new AppError('gone', 'This terminal was closed.', { next: 'Start a new one.' });
}

export function onlyWatches(): AppError {
  return new AppError('conflict', 'This page only watches this terminal.', {
    next: 'Open it from its pod to type in it.',
  });
}

export function hasNotOpened(): AppError {
  return new AppError('forbidden', 'This page has not opened this terminal.', {
    next: 'Open it from its pod, then try again.',
  });
}
