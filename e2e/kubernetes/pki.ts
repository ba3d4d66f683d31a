import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function openssl(folder: string, ...words: string[]): void {
  execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
}

/** A certificate authority, the API server's certificate, and the key of service accounts. */
export function writePki(folder: string, address: string): void {
  mkdirSync(folder, { recursive: true });
  openssl(
    folder,
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=ephemera-test',
    '-days',
    '2',
  );
  openssl(folder, 'genrsa', '-out', 'sa.key', '2048');
  openssl(folder, 'rsa', '-in', 'sa.key', '-pubout', '-out', 'sa.pub');
  const names = `subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:${address},IP:10.96.0.1`;
  sign(folder, { name: 'apiserver', subject: '/CN=kube-apiserver', days: 2, extension: names });
}

interface Certificate {
  name: string;
  subject: string;
  days: number;
  extension: string;
}

function sign(folder: string, { name, subject, days, extension }: Certificate): void {
  writeFileSync(join(folder, `${name}.ext`), extension);
  openssl(
    folder,
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    subject,
  );
  const signing = [
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    String(days),
    '-extfile',
    `${name}.ext`,
  ];
  openssl(folder, 'x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...signing);
}
