import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Access } from './access.ts';

const access = new Access(7317, 'secret');
const host = '127.0.0.1:7317';
const cookie = 'a=b; ephemera-7317=secret; c=d';

test('the cookie is found among others, and only the whole token is it', () => {
  assert.ok(access.hasCookie({ cookie }));
  for (const wrong of [
    undefined,
    '',
    'ephemera-7317=secre',
    'ephemera-7317=secret2',
    'ephemera-1=secret',
    'xephemera-7317=secret',
  ]) {
    assert.equal(access.hasCookie({ ...(wrong === undefined ? {} : { cookie: wrong }) }), false, String(wrong));
  }
});

test('host and origin are compared whole', () => {
  assert.ok(access.hasOurHost({ host }));
  for (const wrong of [
    '127.0.0.1',
    '127.0.0.1:73170',
    '127.0.0.2:7317',
    'localhost:7317',
    'localhost:7317.evil.example',
    'evil.example:7317',
  ]) {
    assert.equal(access.hasOurHost({ host: wrong }), false, wrong);
  }
  assert.ok(access.hasOurOrigin({ host }) && access.hasOurOrigin({ host, origin: `http://${host}` }));
  for (const wrong of ['null', `https://${host}`, 'http://localhost:7317', `http://${host}.evil.example`]) {
    assert.equal(access.hasOurOrigin({ host, origin: wrong }), false, wrong);
  }
});

test('an upgrade needs an origin, a navigation does not', () => {
  assert.equal(access.allowsUpgrade({ host, cookie }), false);
  assert.ok(access.allowsUpgrade({ host, cookie, origin: `http://${host}` }));
});
