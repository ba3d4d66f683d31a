/** Stories are told under stress: the browser is slowed, and `npm run test:stress` keeps a core busy. */
export const isStress = process.env['EPHEMERA_STRESS'] === '1';
