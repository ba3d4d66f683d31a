import { CsiLimiter } from '#lib/terminal/csi-limiter.ts';
import type { ScreenSize } from './screen.ts';

/** Drawn without a pause: a few milliseconds of what programs print, 0.1 s of the worst that a container can. */
const pieceBytes = 8 * 1024;
/** What a snapshot keeps above the screen: enough to see how it came to that, little enough to be drawn at once. */
const scrollback = 1_000;

/**
 * What a terminal of this size shows after this output, as output that draws it: modes, screen and some scrollback. The
 * terminal engine is loaded when it is first needed, which for most servers is never.
 */
export async function snapshotScreen(output: Uint8Array, modes: number[], size: ScreenSize): Promise<Uint8Array> {
  const [{ default: headless }, { default: serialize }, { default: graphemes }] = await Promise.all([
    import('@xterm/headless'),
    import('@xterm/addon-serialize'),
    import('@xterm/addon-unicode-graphemes'),
  ]);
  const terminal = new headless.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback,
    allowProposedApi: true,
  });
  try {
    const addon = new serialize.SerializeAddon();
    // Made for the terminal on a page; they use only what both have. Characters are as wide here as there.
    for (const one of [addon, new graphemes.UnicodeGraphemesAddon()]) {
      terminal.loadAddon(one as unknown as Parameters<typeof terminal.loadAddon>[0]);
    }
    if (modes.length > 0) terminal.write(`\x1b[?${modes.join(';')}h`);
    const limited = new CsiLimiter(() => size).take(output);
    // In pieces: the engine lets the server live between them.
    for (let i = 0; i < limited.length; i += pieceBytes) terminal.write(limited.subarray(i, i + pieceBytes));
    await new Promise<void>((resolve) => terminal.write('', resolve));
    return Buffer.from(addon.serialize({ scrollback }));
  } finally {
    terminal.dispose();
  }
}
