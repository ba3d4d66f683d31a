import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SiteFile {
  body: Buffer;
  type: string;
  contentSecurityPolicy: string | undefined;
}

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  // What Next's router fetches when a link is followed.
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The exported files outside of `_next` by their path, pages each with the policy that lets only its own scripts run. */
export function loadSite(folder: string): Map<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[file.split('.').at(-1) ?? ''];
    if (type === undefined || file.startsWith('_next/')) continue;
    const body = readFileSync(join(folder, file));
    const isPage = file.endsWith('.html');
    const path = `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`;
    files.set(path, { body, type, contentSecurityPolicy: isPage ? policyFor(body.toString('utf8'), path) : undefined });
  }
  return files;
}

/** The player of recordings has its terminal in WebAssembly; no other page may make code from bytes. */
const withWasm: ReadonlySet<string> = new Set(['/recording']);

/** Next puts its page data into inline scripts; their hashes are allowed, nothing else inline is. */
export function policyFor(html: string, path: string): string {
  const inline = [...html.matchAll(/<script(?:\s(?![^>]*\bsrc=)[^>]*)?>([\s\S]*?)<\/script>/g)].map(
    (match) => match[1] ?? '',
  );
  const hashes = [...new Set(inline)].map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    ['script-src', "'self'", ...(withWasm.has(path) ? ["'wasm-unsafe-eval'"] : []), ...hashes].join(' '),
    // xterm and Base UI set style attributes and elements; styles can't run or send anything under this policy.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
