/** What programs and attackers write into escape sequences. */
const payloads = [
  '?',
  'c;?',
  'c;ZXZpbA==',
  'p;cm0gLXJmIH4=',
  'javascript:window.injected=1',
  'https://evil.example/<script>window.injected=1</script>',
  '<img src=x onerror=window.injected=1>',
  'file:///etc/passwd',
  'File=inline=1;size=9;width=9999:R0lGODlhAQABAAAAACw=',
  'rgb:ffff/ffff/ffff',
  '4;0;?',
  '$q"p',
  '+q544e',
  '0;1;0q"1;1;99999;99999#0;2;0;0;0#0!9999~-',
  '\n\r',
  '\u202e\u2066é\u0301\u{1f469}\u200d\u{1f469}',
];
const finals = '@ABCDEFGHIJKLMPSTXZ^`abcdefghilmnopqrstuvwxyz{|}~';
const singles = '78=>DEHMNOVWXZc\\lmno|}~#%()*+-./ ';

/**
 * So many escape sequences of every kind (CSI, OSC, DCS, APC, PM, SOS, C1, single letters), right and wrong, ended and not, with
 * text between: the same for the same numbers.
 */
export function escapeSequences(count: number, random: () => number): string {
  const pick = <T>(from: ArrayLike<T>) => from[Math.floor(random() * from.length)] as T;
  const below = (most: number) => Math.floor(random() * most);
  const number = () => pick([0, 1, 2, 5, 25, 47, 52, 1000, 1003, 1006, 1049, 2004, 65_535, 99_999_999, below(3_000)]);
  const parameters = () => Array.from({ length: below(6) }, () => (random() < 0.1 ? '' : number())).join(pick(';;;:'));
  const end = () => pick(['\x07', '\x1b\\', '\x9c', '', '\x18']);
  const kinds: (() => string)[] = [
    () =>
      `\x1b[${pick(['', '?', '>', '=', '!', '<'])}${parameters()}${pick(['', '', ' ', '$', '"', "'", '*'])}${pick(finals)}`,
    () =>
      `\x1b]${pick([0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 50, 52, 104, 133, 777, 1337, below(2_000)])};${pick(payloads)}${end()}`,
    () => `\x1b]8;${pick(['', 'id=1'])};${pick(payloads)}${end()}link\x1b]8;;\x07`,
    () => `\x1bP${parameters()}${pick(payloads)}${end()}`,
    () => `\x1b${pick('_^X')}${pick(payloads)}${end()}`,
    () => `\x1b${pick(singles)}${random() < 0.5 ? pick('0AB@8') : ''}`,
    () => String.fromCharCode(0x80 + below(32)) + parameters(),
    () => `${pick(payloads)}${pick(['\r\n', '\t', '\b', '\x0e', '\x0f', '\0', ' '])}`,
  ];
  return Array.from({ length: count }, () => pick(kinds)()).join('');
}
