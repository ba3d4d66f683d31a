import type { DebugRequest } from '../protocol/events.ts';

/** All images that a request names. */
export function imagesOf(request: DebugRequest): string[] {
  const others = request.kind === 'copy' ? Object.values(request.setImages ?? {}) : [];
  return request.image === undefined ? others : [request.image, ...others];
}
