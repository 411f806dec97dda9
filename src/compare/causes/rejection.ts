/** What Envoy says when it refuses an update, and what to do about it. */
const REASONS: readonly { readonly said: RegExp; readonly remedy: (match: RegExpExecArray) => string }[] = [
  {
    said: /registered implementation (?:factory )?(?:for|found for) (?:name: )?'?([^'\s]+)'?/,
    remedy: ([, name]) =>
      `This Envoy has no extension called ${name}: remove it from the EnvoyFilter or WasmPlugin that adds it, or use a proxy image that has it.`,
  },
  {
    said: /Proto constraint validation failed \((\w+)Error\.(\w+): ([^)]*)/,
    remedy: ([, message, field, rule]) =>
      `Field ${field} of ${message?.replace(/Validation$/, '')} breaks a rule (${rule}): look for the EnvoyFilter, or the object, that sets it.`,
  },
  {
    said: /(?:multiple filter chains|filter chain .* has the same matching rules|duplicate matcher)/i,
    remedy: () =>
      'Two filter chains take the same connections: look for two Gateways, Sidecars or services that claim the same port and host.',
  },
  {
    said: /(?:unknown field|no such field|has unknown fields|Unable to parse JSON|type URL|deprecated)/i,
    remedy: () =>
      'This Envoy does not know a field: compare the versions of istiod and of the proxy (mesh-trace status).',
  },
  {
    said: /(?:duplicate|Only unique values for domains|already exists)/i,
    remedy: () =>
      'Something stands twice: look for two objects (VirtualServices, ServiceEntries) that claim the same host.',
  },
  {
    said: /(?:cannot bind|Address already in use|Permission denied|error adding listener)/i,
    remedy: () => 'Envoy cannot open the port: another process or listener of the pod has it, or it is below 1024.',
  },
];

/** What to do about a rejected update, by Envoy's reason. */
export function remedyOfRejection(details: string | null): string {
  for (const { said, remedy } of REASONS) {
    const match = said.exec(details ?? '');
    if (match !== null) return remedy(match);
  }
  return 'Find the object that brings it in: istioctl analyze, then the EnvoyFilters of the namespace and of istio-system.';
}

/** What to do where a rejection shows in nothing but what is missing; the pod as kubectl takes it. */
export function remedyOfLikelyRejection(pod: string): string {
  return `Compare again in a minute. If it stays, look for the reason in Envoy’s log (\`kubectl logs ${pod} -c istio-proxy | grep -i reject\`): until it is mended, this listener stays out, and so does every later change of listeners.`;
}
