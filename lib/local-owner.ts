/**
 * The caller that everybody is who has the token of a server for one user. Files keep it: it owns what was written before
 * anything had an owner, too.
 */
export const localOwner = 'local';
