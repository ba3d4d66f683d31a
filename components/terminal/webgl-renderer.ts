import type { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import type { RendererChoice } from './terminal-settings.ts';

/**
 * Draws a terminal by WebGL while it is shown: a browser keeps some sixteen contexts a page and takes the oldest away
 * for more. Where there is none, or it is lost, xterm's own renderer draws into the page.
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
    // Some 35 kB that a machine without a graphics card never fetches.
    const { WebglAddon } = await import('@xterm/addon-webgl');
    // Hidden or closed meanwhile.
    if (!this.#isWanted || this.#addon !== undefined) return;
    try {
      const addon = new WebglAddon();
      addon.onContextLoss(() => this.release());
      this.#terminal.loadAddon(addon);
      this.#addon = addon;
    } catch {
      // No context after all: xterm goes on as it was.
    }
  }

  release(): void {
    this.#isWanted = false;
    this.#addon?.dispose();
    this.#addon = undefined;
  }
}

/** Names under which Chromium, Mesa and Windows draw without a graphics card. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let graphicsCard: boolean | undefined;

/** WebGL in software is slower than the page itself, and a browser without a card may offer it without a word. */
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
