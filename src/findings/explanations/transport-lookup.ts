import { explainTransport, TRANSPORT_WORDS } from './arguments.js';
import { type Lookup, textFields } from './explained.js';
import { TEXTS } from './texts.js';

/** How Envoy begins a transport's failure reason, and the bare name of a TLS error. */
const FORM = /^(?:tls_error|(?:delayed|immediate)_connect_error|secret_is_not|connection_reset)|^[a-z_]+$/i;

/** Finds a transport's failure reason (`%UPSTREAM_TRANSPORT_FAILURE_REASON%`) by its telling word. */
export const transportLookup: Lookup = {
  kind: 'transport-failure',
  find(term, language) {
    const texts = TEXTS[language];
    const words = term.replace(/\s+/g, '_');
    const [found] = FORM.test(words) ? explainTransport(words, texts.arguments) : [];
    if (found === undefined) return null;
    return {
      kind: 'transport-failure',
      term: found.text,
      title: found.text,
      language,
      inside: [],
      side: 'upstream',
      hops: ['upstream-tls', 'endpoints'],
      codes: ['503'],
      flags: ['UF'],
      details: ['upstream_reset_before_response_started'],
      reasons: ['tls_error', 'mtls_error'],
      since: null,
      ...textFields({ ...texts.groups.reset, means: found.means }),
    };
  },
  terms: () => TRANSPORT_WORDS,
};
