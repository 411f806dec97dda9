import type { RunbookTexts } from '../lang/runbook-texts.js';
import { code, type Section } from '../page/page.js';
import type { RunbookContext } from './context.js';

/** The proxies whose configuration was traced, and the documents that it came from. */
export function versionsSection({ proxies, toolVersion }: RunbookContext, texts: RunbookTexts): Section {
  const { proxy, kind, istio, envoy, updated, documents } = texts.versionColumns;
  const rows = proxies.map(facts => [
    code(facts.name),
    texts.nodeTypes[facts.type],
    facts.istioVersion ?? texts.unknown,
    facts.envoyVersion ?? texts.unknown,
    facts.configuredAt ?? texts.unknown,
    facts.documents.map(code).join(', '),
  ]);
  return {
    heading: texts.headings.versions,
    blocks: [
      { kind: 'table', head: [proxy, kind, istio, envoy, updated, documents], rows, widths: [24, 10, 9, 9, 18, 30] },
      { kind: 'paragraph', text: texts.madeBy(toolVersion) },
    ],
  };
}
