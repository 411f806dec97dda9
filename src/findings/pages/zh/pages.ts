import type { FindingCode } from '../../codes.js';
import { EGRESS_PAGES_ZH } from './egress.js';
import { ENDPOINT_PAGES_ZH } from './endpoints.js';
import { EVIDENCE_PAGES_ZH } from './evidence.js';
import { GATEWAY_PAGES_ZH } from './gateways.js';
import type { ChinesePage } from './page.js';
import { ROUTING_PAGES_ZH } from './routing.js';
import { SECURITY_PAGES_ZH } from './security.js';

/** The Chinese page of every finding: a code without one does not compile. */
export const FINDING_PAGES_ZH: Readonly<Record<FindingCode, ChinesePage>> = {
  ...EVIDENCE_PAGES_ZH,
  ...ROUTING_PAGES_ZH,
  ...ENDPOINT_PAGES_ZH,
  ...EGRESS_PAGES_ZH,
  ...SECURITY_PAGES_ZH,
  ...GATEWAY_PAGES_ZH,
};
