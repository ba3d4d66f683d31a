import { BrowserConnection } from '#server/testing/browser-connection.ts';

/** The terminals that a server has, seen and closed without a page. */
export class ServerTerminals {
  readonly #connection: BrowserConnection;

  private constructor(connection: BrowserConnection) {
    this.#connection = connection;
  }

  static async connect(url: string): Promise<ServerTerminals> {
    const connection = await BrowserConnection.open({ url });
    return new ServerTerminals(await connection.hello());
  }

  /** Forgets them all; what runs in them goes on. Terminals outlive a page, and the next story begins without them. */
  async closeAll(): Promise<void> {
    const terminals = await this.#connection.ask('terminal:list', {});
    await Promise.all(terminals.map(({ session }) => this.#connection.ask('terminal:close', { session })));
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
