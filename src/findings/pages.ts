import type { FindingCode } from './codes.js';
import { EGRESS_PAGES } from './pages/egress.js';
import { ENDPOINT_PAGES } from './pages/endpoints.js';
import { EVIDENCE_PAGES } from './pages/evidence.js';
import { GATEWAY_PAGES } from './pages/gateways.js';
import type { FindingPage } from './pages/page.js';
import { ROUTING_PAGES } from './pages/routing.js';
import { SECURITY_PAGES } from './pages/security.js';

/** The page of every finding: a code without one does not compile. */
export const FINDING_PAGES: Readonly<Record<FindingCode, FindingPage>> = {
  ...EVIDENCE_PAGES,
  ...ROUTING_PAGES,
  ...ENDPOINT_PAGES,
  ...EGRESS_PAGES,
  ...SECURITY_PAGES,
  ...GATEWAY_PAGES,
};
