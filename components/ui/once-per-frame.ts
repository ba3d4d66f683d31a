export interface OncePerFrame {
  /** Asks for a run with the next frame. */
  ask(): void;
  cancel(): void;
}

/** Runs at most once per animation frame, however often it is asked. */
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
