import { explainTerm } from '../../findings/explain.js';
import type { Language } from '../../findings/explanations/text.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import { quote } from '../../trace/evidence.js';
import type { FindingSummary, TraceResult } from '../../trace/result.js';
import { fillIn } from '../fill-in.js';
import type { RunbookTexts } from '../lang/runbook-texts.js';
import { TEXTS } from '../lang/texts.js';
import { type Block, code, type ListItem, type Section } from '../page/page.js';
import { remedyParts } from '../remedy.js';
import { requestTarget } from '../request-target.js';
import { headerOptions, traceCommand } from '../trace/command.js';
import type { RunbookContext } from './context.js';

/** What to do, in order: the remedies of the findings, the gravest first; without any, what the code in the log asks for. */
export function todoSection(result: TraceResult, context: RunbookContext, language: Language): Section {
  const texts = TEXTS[language].runbook;
  const remedies = remediesOf(result).map(remedyItem);
  if (remedies.length > 0) {
    const intro = goesOn(result) ? texts.noticedIntro : texts.todoIntro;
    return section(texts, [paragraph(intro), list([...remedies, tryFirst(result, context, texts)])]);
  }
  const advice = adviceOf(result, context, language);
  if (advice.length === 0) return section(texts, [paragraph(texts.nothingToDo)]);
  return section(texts, [paragraph(texts.generalAdvice), list(advice)]);
}

/** How to see that a change helped: it arrived, the trace is another one, the request itself works. */
export function verifySection(result: TraceResult, context: RunbookContext, texts: RunbookTexts): Section {
  const proxy = result.proxy ?? '';
  const [facts] = context.proxies;
  const inNamespace = facts?.namespace === null || facts === undefined ? '' : ` -n ${quote(facts.namespace)}`;
  const pod = quote(facts?.pod ?? proxy);
  const curl = curlOf(result.request);
  const items: ListItem[] = [
    { text: texts.verifySync, commands: [`istioctl proxy-status ${quote(proxy)}`] },
    { text: texts.verifyTrace, commands: [traceCommand(proxy, context.request)] },
    ...(curl === null
      ? []
      : [{ text: texts.verifyRequest, commands: [`kubectl exec ${pod}${inNamespace} -- ${curl}`] }]),
    { text: texts.verifyLog, commands: [`kubectl logs ${pod}${inNamespace} -c istio-proxy --tail=20 -f`] },
  ];
  const heading = remediesOf(result).length > 0 ? texts.headings.verify : texts.headings.check;
  return { heading, blocks: [list(items)] };
}

/** Of several findings that send the reader to the same places, the first tells what to do there. */
function remediesOf({ findings }: TraceResult): FindingSummary[] {
  const seen = new Set<string>();
  return findings.filter(({ severity, resource, remedy }) => {
    const { commands } = remedyParts(remedy);
    const place = JSON.stringify([resource, commands]);
    if (severity === 'info' || (commands.length > 0 && seen.has(place))) return false;
    seen.add(place);
    return true;
  });
}

function goesOn({ outcome }: TraceResult): boolean {
  return outcome === 'forwarded' || outcome === 'passthrough';
}

function section(texts: RunbookTexts, blocks: readonly Block[]): Section {
  return { heading: texts.headings.todo, blocks };
}

/** A command that the prose goes on to speak of stays inside it. */
function remedyItem({ remedy }: FindingSummary): ListItem {
  const { prose, commands } = remedyParts(remedy);
  return { text: prose, commands: commands.filter(command => !prose.includes(code(command))) };
}

/** A remedy can be tried on the dump before anybody changes the mesh. */
function tryFirst({ proxy }: TraceResult, { request }: RunbookContext, texts: RunbookTexts): ListItem {
  return { text: texts.tryFirst, commands: [`${traceCommand(proxy ?? '', request)} -f DUMP --patch change.json`] };
}

/** What the explanation of the flag, or of the details, says is to be looked at; nothing where the request goes on. */
function adviceOf(result: TraceResult, { proxies }: RunbookContext, language: Language): ListItem[] {
  const { responseFlag, responseCodeDetails, responseCode } = result;
  if (goesOn(result)) return [];
  const term = responseFlag ?? responseCodeDetails ?? (responseCode === null ? null : String(responseCode));
  const next = term === null ? [] : (explainTerm(term, language)?.terms[0]?.next ?? []);
  return next.map(({ say, command }) => ({
    text: say,
    commands: command === null ? [] : [fillIn(command, result, proxies[0] ?? null)],
  }));
}

/** Only a plain HTTP request to a name can be sent by hand in the same way. */
function curlOf(request: Readonly<Record<string, unknown>>): string | null {
  const { protocol, direction, tls, method, path, headers, host } = request;
  if (protocol !== 'http' || direction !== 'outbound' || tls !== 'plaintext' || typeof host !== 'string') return null;
  const { to } = requestTarget(request);
  const port = /:\d+$/.test(host) ? '' : `:${to.split(':').at(-1)}`;
  const given = headerOptions((headers as Record<string, string | string[]>) ?? {});
  return [
    'curl -sS -i',
    ...(method === 'GET' ? [] : [`-X ${quote(String(method))}`]),
    ...given.map(([option, value]) => `${option} ${quote(value)}`),
    quote(`http://${host}${port}${withoutSecretText(String(path))}`),
  ].join(' ');
}

function list(items: readonly ListItem[]): Block {
  return { kind: 'list', isOrdered: true, items };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
