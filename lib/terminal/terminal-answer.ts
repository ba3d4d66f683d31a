/**
 * What terminals answer to programs: cursor position and status (CSI n R), device attributes (CSI ? c), modes (CSI $ y),
 * window reports (CSI t), colours (OSC) and strings (DCS). xterm's ctlseqs. Some modified function keys look the same.
 */
const answer = /^(?:\[[?>=]?[\d;]*\$?[Rcnyt]|\]|P)/;
const escapeByte = 0x1b;
/** The shortest beginning that tells. */
const enoughBytes = 32;

/** Whether these bytes, that a terminal wants to send, are an answer and not a key. */
export function isTerminalAnswer(bytes: Uint8Array): boolean {
  return bytes[0] === escapeByte && answer.test(String.fromCharCode(...bytes.subarray(1, enoughBytes)));
}
