import { unknownPart } from '../match/partial-text.js';
import type { View } from '../model/view.js';
import { clientTls } from './client-tls.js';
import type { Tracing } from './tracing.js';

const CERTIFICATE = unknownPart('what the certificates hold');

/**
 * What becomes of `x-forwarded-client-cert`, of which `sent` came; undefined where it is removed. What Envoy makes of the client's certificate
 * has gaps but for the principal (mutateXfccRequestHeader in source/common/http/conn_manager_utility.cc).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 */
export function forwardedClientCert(trace: Tracing, hcm: View, sent: string | undefined): string | undefined {
  const mode = hcm.string('forward_client_cert_details') ?? 'SANITIZE';
  if (mode === 'ALWAYS_FORWARD_ONLY') return sent;
  if (mode === 'SANITIZE' || clientTls(trace) !== 'mtls') return undefined;
  if (mode === 'FORWARD_ONLY') return sent;
  const own = detailsOf(trace, hcm.get('set_current_client_cert_details'));
  return mode === 'SANITIZE_SET' || sent === undefined ? own : `${sent},${own}`;
}

/** `By` and names in DNS may be missing, all others are there even where they are empty. */
function detailsOf({ request }: Tracing, details: View | undefined): string {
  const has = (field: string) => details?.boolean(field) === true;
  const principal = request.from.principal ?? unknownPart('the source principal (from.principal)');
  return [
    `${CERTIFICATE}Hash=${CERTIFICATE}`,
    ...['cert', 'chain', 'subject'].flatMap(field => (has(field) ? [`${capitalized(field)}="${CERTIFICATE}"`] : [])),
    ...(has('uri') ? [`URI=${principal}${has('dns') ? CERTIFICATE : ''}`] : has('dns') ? [CERTIFICATE] : []),
  ].join(';');
}

function capitalized(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}
