import { draftsByAge } from '../certificate-age.js';
import type { Rule } from '../rule.js';

/** A certificate that had ended when the dump was taken, in a chain or among trusted roots. */
export const certificateExpired: Rule = {
  code: 'certificate-expired',
  secret: (secret, scope) => draftsByAge(secret, scope, ['expired']),
};
