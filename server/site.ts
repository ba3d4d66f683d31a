import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Page {
  html: Buffer;
  contentSecurityPolicy: string;
}

/** The exported pages by their path, each with the policy that lets exactly its own inline scripts run. */
export function loadPages(folder: string): Map<string, Page> {
  const pages = new Map<string, Page>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    const html = readFileSync(join(folder, file));
    const path = `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`;
    pages.set(path, { html, contentSecurityPolicy: policyFor(html.toString('utf8')) });
  }
  return pages;
}

/** Next puts its page data into inline scripts; their hashes are allowed, nothing else inline is. */
export function policyFor(html: string): string {
  const inline = [...html.matchAll(/<script(?:\s(?![^>]*\bsrc=)[^>]*)?>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  const hashes = [...new Set(inline)].map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`.trim(),
    // xterm and Base UI set style attributes and elements; styles can't run or send anything under this policy.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
