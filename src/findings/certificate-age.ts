import { type Certificate, certificatesIn } from '../model/certificate.js';
import type { Resource } from '../model/resource.js';
import { evidenceOf, istioctl } from '../trace/evidence.js';
import { type Draft, describeObject } from './finding.js';
import { timeOf } from './now.js';
import type { Scope } from './rule.js';
import { isIssuedByMesh, objectOfSecret } from './secret-object.js';

export type Age = 'expired' | 'expires-soon' | 'good';

/** Soon is less than this part of the certificate’s own lifetime: workload certificates live a day, those of gateways months. */
const SOON = 0.1;

/** How old a certificate is at a time in milliseconds since 1970. */
export function ageOf({ notBefore, notAfter }: Certificate, now: number): Age {
  const left = notAfter.getTime() - now;
  if (left < 0) return 'expired';
  return left < SOON * (notAfter.getTime() - notBefore.getTime()) ? 'expires-soon' : 'good';
}

/** A draft for each certificate of a secret that has one of the ages. */
export function draftsByAge(secret: Resource, scope: Scope, ages: readonly Age[]): Draft[] {
  const { now } = scope;
  if (now === null) return [];
  return certificatesIn(secret)
    .map(certificate => ({ certificate, age: ageOf(certificate, now) }))
    .filter(({ age }) => ages.includes(age))
    .map(({ certificate, age }) => draftOf(certificate, age, now, scope));
}

/** What a time is told as: the dump’s own, or the one that was given. */
function momentOf(now: number, { proxy }: Scope): string {
  return now === timeOf(proxy, {}) ? 'the dump' : day(new Date(now));
}

const WORDS: Record<Age, (certificate: Certificate, now: number, moment: string) => string> = {
  expired: ({ notAfter }, now, moment) =>
    `ended on ${day(notAfter)}, ${span(now - notAfter.getTime())} before ${moment}: clients refuse the handshake`,
  'expires-soon': ({ notAfter }, now, moment) =>
    `ends on ${day(notAfter)}, ${span(notAfter.getTime() - now)} after ${moment}`,
  good: () => '',
};

function draftOf(certificate: Certificate, age: Age, now: number, scope: Scope): Draft {
  const { proxy } = scope;
  const object = objectOfSecret(proxy, certificate.secret);
  const whose =
    certificate.names.length === 0 ? certificate.x509.subject.replaceAll('\n', ', ') : certificate.names.join(', ');
  return {
    resource: object,
    evidence: [evidenceOf(certificate.resource, certificate.pointer)],
    why: `The certificate ${whose === '' ? '' : `for ${whose} `}in secret ${certificate.secret} (${describeObject(object)}) ${WORDS[age](certificate, now, momentOf(now, scope))}.`,
    remedy: isIssuedByMesh(certificate.secret)
      ? `Istio’s agent renews it by itself: see why it did not (\`${istioctl.secrets(proxy.name)}\`, the log of istio-proxy, istiod’s log), and restart the pod.`
      : `Put a new certificate into ${describeObject(object)} (\`kubectl create secret tls ${object.name} -n ${object.namespace ?? 'NAMESPACE'} --cert=FILE --key=FILE --dry-run=client -o yaml | kubectl apply -f -\`).`,
  };
}

/** A day and time as UTC, without fractions. */
function day(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function span(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  if (hours < 1) return 'less than an hour';
  return hours < 48 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : `${Math.floor(hours / 24)} days`;
}
