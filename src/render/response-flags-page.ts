import { explainFlag } from '../findings/explanations/flag-lookup.js';
import type { Side } from '../findings/explanations/text.js';
import { TEXTS } from '../findings/explanations/texts.js';
import { STATUS_FACTS, STATUSES } from '../findings/http-statuses.js';
import { DETAIL_FACTS, DETAILS } from '../findings/response-details.js';
import { FLAG_FACTS, FLAGS } from '../findings/response-flags.js';
import { explanationMarkdown } from './explanation/explanation.js';

const SIDES: Record<Side, string> = { proxy: 'this Envoy', upstream: 'server', client: 'client', either: 'either' };

const INTRO = `# Response flags, details and status codes

Envoy’s access log says how a request ended: a status code, a **response flag** (\`NR\`, \`UH\`, …; \`-\` for none; several with commas), and
**response code details** (\`route_not_found\`, …). In Istio’s default format they stand behind the request line:

    "GET /reviews/0 HTTP/1.1" 503 NC cluster_not_found - "-" …

\`mesh-trace explain 503 NC\` prints what this page says; \`--lang zh\` says it in Chinese. A flag is set by Envoy alone: where there is none
and the details are \`via_upstream\`, the server’s side gave the answer. AuthorizationPolicies (ALLOW, DENY), RequestAuthentications, redirects
and direct responses leave details and no flag.

This page is made from the tables in \`src/findings\`; a test fails when it is not up to date
(\`npx vitest run test/render/response-flags-page.test.ts -u\` writes it again). Sources:
[access log](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage),
[response code details](https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details)`;

/** docs/semantics/response-flags.md, from the declared tables. */
export function responseFlagsPage(): string {
  const parts = [
    INTRO,
    '## Flags',
    table(['Flag', 'Long name', 'Code', 'Side', 'Hop', 'Trace reason'], FLAGS.map(flagRow)),
    ...FLAGS.map(flag =>
      explanationMarkdown(
        { schemaVersion: 1, query: flag, terms: [explainFlag(flag, 'en')], together: [], unknown: [] },
        'en',
        3,
      ).trimEnd(),
    ),
    '## Details',
    'For TCP the same field is called connection termination details.',
    table(['Detail', 'Code', 'Flags', 'Meaning'], DETAILS.map(detailRow)),
    '## Status codes',
    table(['Code', 'Flags', 'Details', 'Meaning'], STATUSES.map(statusRow)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function flagRow(flag: (typeof FLAGS)[number]): string[] {
  const { long, codes, side, hops, reasons } = FLAG_FACTS[flag];
  return [flag, long, codes.join(', '), SIDES[side], hops.join(', '), reasons.join(', ')];
}

function detailRow(detail: (typeof DETAILS)[number]): string[] {
  const { codes, flags, form } = DETAIL_FACTS[detail];
  return [`\`${detail}${form ?? ''}\``, codes.join(', '), flags.join(', '), TEXTS.en.details[detail].means];
}

function statusRow(status: (typeof STATUSES)[number]): string[] {
  const { flags, details } = STATUS_FACTS[status];
  const names = details.map(detail => `\`${detail}\``);
  return [status, flags.join(', '), names.join(', '), TEXTS.en.statuses[status].means];
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}
