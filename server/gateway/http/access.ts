import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Never another address: whoever reaches the port acts with the rights of the kubeconfig. */
export const serverHost = '127.0.0.1';

/**
 * Who may talk to this server: a browser that has this server's token, under a name that is this machine's, from a
 * page that we served. The first keeps other users of the machine out, the other two keep other web sites out
 * (DNS rebinding, cross-site WebSocket hijacking): browsers send Host and Origin, and pages can't change them.
 */
export class Access {
  readonly token: string;
  readonly #port: number;

  constructor(port: number, token: string) {
    this.#port = port;
    this.token = token;
  }

  /** Cookies ignore ports: two servers on one machine must not overwrite each other's. */
  get cookieName(): string {
    return `ephemera-${this.#port}`;
  }

  get cookie(): string {
    return `${this.cookieName}=${this.token}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** One name only: a cookie that another has as well could be read under that, by whoever else listens there. */
  get origin(): string {
    return `http://${serverHost}:${this.#port}`;
  }

  hasOurHost(headers: IncomingHttpHeaders): boolean {
    return `http://${headers.host}` === this.origin;
  }

  /** What people type instead of it. */
  isLocalhost(headers: IncomingHttpHeaders): boolean {
    return headers.host === `localhost:${this.#port}`;
  }

  /** Navigations have no Origin; whatever has one must come from a page of ours. */
  hasOurOrigin(headers: IncomingHttpHeaders): boolean {
    return headers.origin === undefined || headers.origin === this.origin;
  }

  hasCookie(headers: IncomingHttpHeaders): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const value = cookies.find((cookie) => cookie.startsWith(`${this.cookieName}=`))?.slice(this.cookieName.length + 1);
    return value !== undefined && this.isToken(value);
  }

  isToken(value: string): boolean {
    // Hashes have equal lengths, and comparing them takes equal time whatever the guess.
    const hash = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(hash(value), hash(this.token));
  }

  /** A WebSocket upgrade: here a browser always sends an Origin, so it is required. */
  allowsUpgrade(headers: IncomingHttpHeaders): boolean {
    return (
      headers.origin !== undefined && this.hasOurHost(headers) && this.hasOurOrigin(headers) && this.hasCookie(headers)
    );
  }
}
