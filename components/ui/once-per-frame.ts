export interface OncePerFrame {
  /** Runs it with the next frame, however often this is called before. */
  ask(): void;
  cancel(): void;
}

/** What comes more often than a page is drawn is told as often as it is drawn. */
export function oncePerFrame(run: () => void): OncePerFrame {
  let frame: number | undefined;
  return {
    ask() {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        run();
      });
    },
    cancel() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      frame = undefined;
    },
  };
}
