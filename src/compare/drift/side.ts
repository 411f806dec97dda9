import { nodeAddresses } from '../../model/node.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';

/** One of the two configurations that are compared. */
export interface Side {
  /** For people: `Pilot`, `Envoy`, a snapshot's name, a proxy's. */
  readonly label: string;
  readonly proxy: ProxyConfig;
  /** What requests are traced through; for Pilot its own resources over Envoy's bootstrap. */
  readonly traced: ProxyConfig;
  /** Puts a placeholder where a proxy's own name or address stands, so that replicas can be compared; null where nothing is replaced. */
  readonly neutral: ((text: string) => string) | null;
}

/** A proxy's own name and addresses become `{pod}` and `{ip}`. */
export function neutralNames(proxy: ProxyConfig): (text: string) => string {
  const { node } = proxy;
  const names = node?.pod === null || node?.pod === undefined ? [] : [[literal(node.pod), '{pod}'] as const];
  const addresses = (node === null ? [] : nodeAddresses(node)).map(
    (ip, index) => [addressPattern(ip), index === 0 ? '{ip}' : `{ip${index + 1}}`] as const,
  );
  const rules = [...names, ...addresses].map(([pattern, text]) => [new RegExp(pattern, 'g'), text] as const);
  return text => rules.reduce((result, [pattern, placeholder]) => result.replace(pattern, placeholder), text);
}

/** An address as it stands in text, in the name of a listener, and among the bytes that the Mixer filter of Istio 1.1 sends. */
function addressPattern(ip: string): string {
  const text = literal(ip);
  const forms = [`(?<![\\w.:])${text}(?![\\w.:])`, `(?<![\\w.:])${text}(?=_|:\\d+\\b)`];
  const bytes = ip.split('.').map(Number);
  if (bytes.length !== 4) return forms.join('|');
  const mapped = Buffer.from([...Array<number>(10).fill(0), 0xff, 0xff, ...bytes]).toString('base64');
  return [...forms, literal(mapped)].join('|');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A resource's message for comparing, parsed; `neutral` names replaced. It is not kept, as nearly all are looked at once. Throws DecodeProblem. */
export function messageOf(resource: Resource, { neutral }: Side): unknown {
  const text = resource.text?.toString('utf8') ?? '';
  if (text === '')
    return neutral === null ? resource.view.value : JSON.parse(neutral(JSON.stringify(resource.view.value)));
  try {
    return JSON.parse(neutral === null ? text : neutral(text));
  } catch {
    return resource.view.value;
  }
}
