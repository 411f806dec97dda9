import { isSecretName } from '../../model/redact/secret-header.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { TraceResult } from '../../trace/result.js';
import type { RunbookTexts } from '../lang/runbook-texts.js';
import { code, type Section } from '../page/page.js';
import { requestTarget } from '../request-target.js';
import { destinationName, type ProxyFacts, type RunbookContext } from './context.js';

/** Who asks for what: the request as the trace resolved it. */
export function questionSection({ request }: TraceResult, context: RunbookContext, texts: RunbookTexts): Section {
  const { protocol, method, path, headers, tls, sni, random, from } = request;
  const { question } = texts;
  const isTcp = protocol === 'tcp';
  const principal = (from as { principal?: string }).principal;
  const rows: (readonly [string, string | null])[] = [
    [question.from, sender(request.direction, context.proxies[0], texts)],
    [question.to, target(request, context, texts)],
    [question.request, isTcp ? 'TCP' : code(`${String(method)} ${withoutSecretText(String(path))}`)],
    [question.headers, isTcp ? null : headerList(headers)],
    [question.encryption, encryption(String(tls), sni, texts)],
    [question.source, principal === undefined ? null : code(principal)],
    [question.random, random === null ? null : String(random)],
  ];
  return {
    heading: texts.headings.question,
    blocks: [
      {
        kind: 'table',
        head: ['', ''],
        widths: [20, 80],
        rows: rows.flatMap(([label, value]) => (value === null ? [] : [[label, value]])),
      },
    ],
  };
}

function sender(direction: unknown, proxy: ProxyFacts | undefined, texts: RunbookTexts): string {
  const pod = proxy?.pod ?? texts.unknown;
  const namespace = proxy?.namespace ?? texts.unknown;
  if (direction === 'outbound') return texts.fromPod(pod, namespace);
  return direction === 'gateway' ? texts.toGateway(pod, namespace) : texts.toPod(pod, namespace);
}

/** The name that was asked for, and the address behind it. */
function target(request: Readonly<Record<string, unknown>>, context: RunbookContext, texts: RunbookTexts): string {
  const { to, host } = requestTarget(request);
  const name = host ?? destinationName(context);
  return name === null || name === to ? code(to) : texts.address(name, to);
}

function headerList(headers: unknown): string | null {
  const lines = Object.entries((headers as Record<string, unknown>) ?? {}).map(([name, value]) =>
    code(`${name}: ${isSecretName(name) ? '(hidden)' : String(value)}`),
  );
  return lines.length === 0 ? null : lines.join(', ');
}

function encryption(tls: string, sni: unknown, texts: RunbookTexts): string {
  const kind = texts.tls[tls as keyof RunbookTexts['tls']];
  return typeof sni === 'string' ? `${kind}, SNI ${code(sni)}` : kind;
}
