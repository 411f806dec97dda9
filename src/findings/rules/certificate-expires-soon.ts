import { draftsByAge } from '../certificate-age.js';
import type { Rule } from '../rule.js';

/** A certificate in the last tenth of its lifetime. Istio’s own are renewed at half of it, so that one of them should never get there. */
export const certificateExpiresSoon: Rule = {
  code: 'certificate-expires-soon',
  secret: (secret, scope) => draftsByAge(secret, scope, ['expires-soon']),
};
