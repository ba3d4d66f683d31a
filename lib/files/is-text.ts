/** A byte in so many may be no UTF-8 in what is still a text: one in another encoding, or cut in the middle of a character. */
const strangeShare = 0.1;

/** Control characters that texts have; escape begins a colour. */
const usual = '\t\n\r\f\u001b';

/** Whether somebody would rather read these first bytes of a file as text. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  const text = new TextDecoder().decode(bytes);
  const strange = text.match(/[\ufffd\p{Cc}]/gu)?.filter((sign) => !usual.includes(sign)).length ?? 0;
  return strange <= text.length * strangeShare;
}
