import { structuredPatch } from 'diff';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareText, compareTextWithEnvoy } from '../../../src/compare/text/compare-text.js';
import { parseStatusDiff } from '../../../src/decode/unified-diff/status-diff.js';
import type { ProxyConfig } from '../../../src/model/proxy.js';
import { proxyOf } from '../../support/snapshot.js';
import { documentText } from '../../support/work-folder.js';
import { type Json, type JsonObject, leavesOf, withOther } from '../drift/edits.js';

const RUNS = 30;

/** A section as istioctl 1.30 compares it: its words, the list's key, and an entry around a message. */
interface Section {
  readonly word: string;
  readonly kind: string;
  readonly key: string;
  readonly entry: (message: Json) => Json;
}

const SECTIONS: readonly [Section, Section, Section] = [
  { word: 'Clusters', kind: 'cluster', key: 'dynamicActiveClusters', entry: cluster => ({ cluster }) },
  { word: 'Listeners', kind: 'listener', key: 'dynamicListeners', entry: listener => ({ activeState: { listener } }) },
  { word: 'Routes', kind: 'route', key: 'dynamicRouteConfigs', entry: routeConfig => ({ routeConfig }) },
];

const dump: { configs: JsonObject[] } = JSON.parse(documentText('bookinfo-1.30', 'productpage', 'config_dump'));

/** The dynamic messages of a kind, by name as istioctl sorts them. */
function messagesOf({ word }: Section): JsonObject[] {
  const section = dump.configs.find(one => String(one['@type']).endsWith(`.${word}ConfigDump`)) ?? {};
  const list = Object.entries(section).find(([key]) =>
    /^dynamic_(?:active_clusters|listeners|route_configs)$/.test(key),
  )?.[1];
  const entries = (list ?? []) as { active_state?: JsonObject; cluster?: JsonObject; route_config?: JsonObject }[];
  const messages = entries.map(
    ({ active_state: active, cluster, route_config: table }) => active?.listener ?? cluster ?? table,
  );
  return (messages as JsonObject[]).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

/** What istioctl would print where Pilot has other messages of one kind than Envoy. */
function textOf({ word, key, entry }: Section, pilot: readonly Json[], envoy: readonly Json[]): string {
  const printed = (messages: readonly Json[]) =>
    `${JSON.stringify({ [key]: messages.map(entry) }, null, 4).replace(
      /^( *)(.*)(\{\}|\[\])(,?)$/gm,
      (_, indent: string, before: string, empty: string, comma: string) =>
        `${indent}${before}${empty[0]}\n\n${indent}${empty[1]}${comma}`,
    )}\n`;
  const { hunks } = structuredPatch('', '', printed(pilot), printed(envoy), '', '', { context: 7 });
  const others = SECTIONS.filter(section => section.word !== word).map(section => `${section.word} Match`);
  return [
    `--- Istiod ${word}`,
    `+++ Envoy ${word}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ]),
    '',
    ...others,
  ].join('\n');
}

const inSection = fc.constantFrom(...SECTIONS).chain(section => {
  const messages = messagesOf(section);
  return fc.record({ section: fc.constant(section), messages: fc.constant(messages), at: fc.nat(messages.length - 1) });
});

describe('the text of proxy-status over Envoy’s dump', () => {
  let envoy: ProxyConfig;
  beforeAll(async () => {
    envoy = await proxyOf('bookinfo-1.30', 'productpage');
  });
  const told = (text: string) =>
    compareTextWithEnvoy(parseStatusDiff(text, 'diff.txt'), envoy).differences.map(({ kind, name, change }) => [
      kind,
      name,
      change,
    ]);

  it('shows a changed value, of the right resource and nothing else', () => {
    const edits = inSection.chain(({ section, messages, at }) => {
      const leaves = leavesOf(messages[at] ?? {}).filter(
        leaf => !(leaf.length === 1 && (leaf[0] === 'name' || leaf[0] === '@type')),
      );
      return fc.record({
        section: fc.constant(section),
        messages: fc.constant(messages),
        at: fc.constant(at),
        leaf: fc.constantFrom(...leaves),
      });
    });
    fc.assert(
      fc.property(edits, ({ section, messages, at, leaf }) => {
        const message = messages[at] ?? {};
        const text = textOf(section, messages.with(at, withOther(message, leaf) as JsonObject), messages);
        expect(told(text)).toEqual([[section.kind, message.name, 'changed']]);
      }),
      { numRuns: RUNS },
    );
  });

  it('shows a resource that Envoy lacks or has alone', () => {
    fc.assert(
      fc.property(inSection, fc.boolean(), ({ section, messages, at }, isPilots) => {
        const message = messages[at] ?? {};
        const more = { ...message, name: `${String(message.name)}-new` };
        const pilot = isPilots ? messages.toSpliced(at + 1, 0, more) : messages.toSpliced(at, 1);
        const expected = isPilots ? [section.kind, more.name, 'only-left'] : [section.kind, message.name, 'only-right'];
        expect(told(textOf(section, pilot, messages))).toEqual([expected]);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it('never fails on a text that is cut off', () => {
    const [clusters] = SECTIONS;
    const messages = messagesOf(clusters);
    const text = textOf(clusters, messages.toSpliced(3, 2), messages.toSpliced(20, 1));
    fc.assert(
      fc.property(fc.integer({ min: 40, max: text.length }), length => {
        const cut = parseStatusDiff(text.slice(0, length), 'diff.txt');
        for (const result of [compareText(cut), compareTextWithEnvoy(cut, envoy)]) {
          const notes = result.notes.map(note => note.text);
          if (cut.isCut) expect(notes).toContain('diff.txt is cut off: what comes behind is not told');
        }
      }),
      { numRuns: RUNS },
    );
  });
});
