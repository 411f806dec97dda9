import { ProxyStatusError } from './error.js';

const AGAIN = 'Capture it again: istioctl proxy-status > status.txt';

/** Texts that are taken for a listing by mistake, and what to do with each. */
const FORMS: readonly { readonly test: RegExp; readonly what: string; readonly hint: string }[] = [
  { test: /^\s*$/, what: 'is empty', hint: AGAIN },
  {
    test: /^(Clusters|Listeners|Routes) (Match|Don't Match)|^--- (Pilot|Istiod) (Clusters|Listeners|Routes)/m,
    what: 'is a comparison of one proxy (istioctl proxy-status POD), not a listing',
    hint: 'Give it to mesh-trace diff, or list all proxies: istioctl proxy-status > status.txt',
  },
  {
    test: /^Sync diff is not available for ztunnel/m,
    what: 'is what istioctl proxy-status says about one ztunnel',
    hint: 'List all proxies instead: istioctl proxy-status > status.txt',
  },
  {
    test: /^Error( from server)?[: ]/m,
    what: 'is an error message of istioctl or kubectl',
    hint: 'Run the command again and look at its error.',
  },
  { test: /^Usage:/m, what: 'is a help text of istioctl', hint: AGAIN },
  {
    test: /^\s*<(!doctype|html|\?xml|head|body)/i,
    what: 'is an HTML page',
    hint: 'A proxy or login page answered. Ask istiod itself.',
  },
];

/** The error for a text in which no listing begins: what it is, where that can be told. */
export function otherText(text: string): ProxyStatusError {
  for (const { test, what, hint } of FORMS) {
    const match = test.exec(text);
    if (match !== null) return new ProxyStatusError(what, hint, lineOf(text, match.index));
  }
  return new ProxyStatusError('has no header line of istioctl proxy-status and no JSON or YAML of it', AGAIN, 1);
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
