import type { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import type { RendererChoice } from './terminal-settings.ts';

/**
 * Draws a terminal with WebGL while it is visible, because a browser keeps some sixteen contexts per page and takes the
 * oldest for a new one. Without a context, xterm's own renderer draws into the page.
 */
export class WebglRenderer {
  readonly #terminal: Terminal;
  #addon: WebglAddon | undefined;
  #isWanted = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  async use(choice: RendererChoice): Promise<void> {
    this.#isWanted = choice === 'webgl' || (choice === 'auto' && hasGraphicsCard());
    if (!this.#isWanted) {
      this.release();
      return;
    }
    if (this.#addon !== undefined) return;
    // The addon has some 35 kB, which a machine without a graphics card never fetches.
    const { WebglAddon } = await import('@xterm/addon-webgl');
    // The terminal was hidden or closed meanwhile.
    if (!this.#isWanted || this.#addon !== undefined) return;
    try {
      const addon = new WebglAddon();
      addon.onContextLoss(() => this.release());
      this.#terminal.loadAddon(addon);
      this.#addon = addon;
    } catch {
      // There is no context after all, so xterm draws as before.
    }
  }

  release(): void {
    this.#isWanted = false;
    this.#addon?.dispose();
    this.#addon = undefined;
  }
}

/** Names of renderers in Chromium, Mesa and Windows that draw without a graphics card. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let graphicsCard: boolean | undefined;

/** Without a card, a browser may offer WebGL in software, which is slower than drawing into the page. */
function hasGraphicsCard(): boolean {
  if (graphicsCard === undefined) {
    const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
    const names = context?.getExtension('WEBGL_debug_renderer_info');
    const name = context && String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
    graphicsCard = typeof name === 'string' && !software.test(name);
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return graphicsCard;
}
