import { quote } from '../trace/evidence.js';
import type { ObjectRef } from './finding.js';
import { isNameless } from './provenance.js';

/** Resource names that kubectl would take for something else of the same word. */
const NAMES: Record<string, string> = {
  Gateway: 'gateways.networking.istio.io',
  Sidecar: 'sidecars.networking.istio.io',
};

/** `kubectl edit destinationrule catalog -n shop`, in code marks. */
export function edit(object: ObjectRef): string {
  return command('edit', object);
}

/** `kubectl get service cart -n shop -o yaml`, in code marks. */
export function show(object: ObjectRef): string {
  return command('get', object, ' -o yaml');
}

/** `kubectl get envoyfilters -n shop`, in code marks: all objects of a kind, in one namespace or everywhere. */
export function listAll(kind: string, namespace: string | null): string {
  return `\`kubectl get ${NAMES[kind] ?? plural(kind)}${namespace === null ? ' -A' : ` -n ${quote(namespace)}`}\``;
}

/** istiod’s lines with a word, in code marks: all of its log, of which `kubectl logs -l` shows ten lines by itself. */
export function istiodLog(word: string): string {
  return `\`kubectl logs -n istio-system -l app=istiod --tail=-1 | grep ${quote(word)}\``;
}

/** Of an object whose name nobody knows, all that it may be. */
function command(verb: string, object: ObjectRef, more = ''): string {
  const { kind, namespace, name } = object;
  if (isNameless(object)) return listAll(kind, namespace);
  const where = namespace === null || namespace === '' ? '' : ` -n ${quote(namespace)}`;
  return `\`kubectl ${verb} ${NAMES[kind] ?? kind.toLowerCase()} ${quote(name)}${where}${more}\``;
}

function plural(kind: string): string {
  const name = kind.toLowerCase();
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
