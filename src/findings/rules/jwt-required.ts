import { extensionOf } from '../../model/extension.js';
import { evidenceOf } from '../../trace/evidence.js';
import { type Draft, describeObject, type ObjectRef } from '../finding.js';
import { listAll, show } from '../kubectl.js';
import { denialOf, isAboutToken, needsToken, objectOfPolicy, type TriedPolicy } from '../policies.js';
import { UNKNOWN_NAME } from '../provenance.js';
import type { Rule, TraceScope } from '../rule.js';
import { stepOf } from '../touched.js';
import { list } from '../words.js';

/** A denial for want of a token: by the JWT filter (401), or by a policy that asks for a request principal or claim (403). */
export const jwtRequired: Rule = {
  code: 'jwt-required',
  trace: trace => {
    const { result } = trace;
    if (result.reason === 'jwt_denied') return [byFilter(trace)];
    if (result.request.claims !== null) return [];
    const policy = policyOf(trace);
    return policy === null ? [] : [byPolicy(trace, policy)];
  },
};

/** The policy that asks for a token: the DENY that matched without one, or an ALLOW that failed for it. */
function policyOf(trace: TraceScope): TriedPolicy | null {
  const denial = denialOf(trace);
  if (denial === null) return null;
  if (denial.matched !== null) return needsToken(denial.matched.view) ? denial.matched : null;
  return denial.others.find(({ view, reason }) => needsToken(view) && isAboutToken(reason)) ?? null;
}

function byPolicy(trace: TraceScope, { name, pointer }: TriedPolicy): Draft {
  const object = objectOfPolicy(name, trace.proxy.node?.namespace ?? null);
  const issuers = issuersOf(trace);
  const of = issuers.length === 0 ? '' : ` of ${list(issuers, 3, 'or')}`;
  return draft(trace, object, pointer, {
    why: `${describeObject(object)} asks for a token${of}, and the request carries none: the server’s proxy answers 403.`,
    remedy: `Send \`Authorization: Bearer TOKEN\` with a token${of}. Where this caller needs none, exclude it in ${describeObject(object)} (${show(object)}).`,
  });
}

function byFilter(trace: TraceScope): Draft {
  const step = stepOf(trace.result, 'http-filters');
  const namespace = trace.proxy.node?.namespace ?? null;
  const issuers = issuersOf(trace);
  const object = { kind: 'RequestAuthentication', namespace, name: UNKNOWN_NAME };
  return draft(trace, object, step?.pointer ?? '', {
    why: `The proxy checks tokens${issuers.length === 0 ? '' : ` of ${list(issuers, 3, 'or')}`} and refuses the request: ${step?.why ?? ''}.`,
    remedy: `Send a token that the rules take: issuer, audience, and where it is looked for (${listAll('RequestAuthentication', namespace)}).`,
  });
}

function draft(
  { touched }: TraceScope,
  resource: ObjectRef,
  pointer: string,
  text: Pick<Draft, 'why' | 'remedy'>,
): Draft {
  const { listener } = touched;
  return { resource, evidence: listener === null ? [] : [evidenceOf(listener, pointer)], ...text };
}

/** The issuers whose tokens the chain’s JWT filter takes. */
function issuersOf({ touched }: TraceScope): string[] {
  const http = touched.chain?.chain
    .list('filters')
    .map(extensionOf)
    .flatMap(({ config }) => config.list('http_filters').map(extensionOf));
  const providers = (http ?? [])
    .filter(({ kind }) => kind === 'jwt_authn')
    .flatMap(({ config }) => config.entries('providers'));
  return [...new Set(providers.flatMap(([, provider]) => provider.string('issuer') ?? []))];
}
