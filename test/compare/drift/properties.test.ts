import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSections } from '../../../src/compare/drift/sections.js';
import { twoSnapshots } from '../../../src/compare/drift/sides.js';
import { decode } from '../../../src/decode/decode.js';
import { ProxyConfig } from '../../../src/model/proxy.js';
import { documentOf } from '../../../src/source/document.js';
import { documentText } from '../../support/work-folder.js';
import { type Json, type JsonObject, leavesOf, printed, printings, withOther } from './edits.js';

const DUMPS = [
  ['Istio 1.30', 'bookinfo-1.30', 'productpage-v1'],
  ['Istio 1.30, a gateway', 'bookinfo-1.30', 'istio-ingressgateway'],
  ['Istio 1.1', 'bookinfo-1.1', 'mytomcat-v1'],
] as const;
const RUNS = 40;
/** Of each section this part of the entries is taken: every run decodes a dump. */
const ONE_OF = 8;

async function proxyOf(dump: Json): Promise<ProxyConfig> {
  return new ProxyConfig('proxy', await decode(documentOf('dump', Buffer.from(JSON.stringify(dump)))));
}

async function found(left: ProxyConfig, right: ProxyConfig) {
  const comparison = { ...twoSnapshots(left, right, ['before', 'after']), mode: 'snapshots', ignore: null } as const;
  return compareSections(comparison, null).found;
}

/** Where the messages of a dump stand: the steps down to each, and its kind and name. */
function messagesOf(dump: JsonObject): { steps: string[]; kind: string; name: string }[] {
  const keys = { cluster: 'cluster', listener: 'listener', route_config: 'route' };
  return walk(dump, []);

  function walk(json: Json, steps: string[]): { steps: string[]; kind: string; name: string }[] {
    if (typeof json !== 'object' || json === null) return [];
    return Object.entries(json).flatMap(([key, inner]) => {
      const below = [...steps, key];
      const kind = Object.hasOwn(keys, key) ? keys[key as keyof typeof keys] : undefined;
      const isEntry = kind !== undefined && steps[2]?.startsWith('dynamic_') === true;
      if (!isEntry) return walk(inner, below);
      return [{ steps: below, kind, name: String((inner as JsonObject).name ?? '') }];
    });
  }
}

function at(json: Json, steps: readonly string[]): Json {
  return steps.reduce<Json>((value, step) => (value as JsonObject)[step] ?? null, json);
}

/** A dump with fewer entries. */
function thinned(dump: { configs: JsonObject[] }): JsonObject {
  const configs = dump.configs.map(section =>
    Object.fromEntries(
      Object.entries(section).map(([key, value]) => [
        key,
        Array.isArray(value) && key.startsWith('dynamic_') ? value.filter((_, at) => at % ONE_OF === 0) : value,
      ]),
    ),
  );
  return { configs };
}

/** The name makes another resource of it, its type is none of its fields. */
const isOwnField = (leaf: readonly string[]) => !(leaf.length === 1 && (leaf[0] === 'name' || leaf[0] === '@type'));

describe.each(DUMPS)('a dump of %s', (_, snapshot, pod) => {
  const dump = thinned(JSON.parse(documentText(snapshot, pod, 'config_dump')));
  const messages = messagesOf(dump).filter(({ name }) => name !== '');

  it('has messages to edit', () => {
    expect(messages.length).toBeGreaterThan(5);
  });

  it('is equal to itself in any other printing', async () => {
    const before = await proxyOf(dump);
    await fc.assert(
      fc.asyncProperty(printings, async printing => {
        const after = await proxyOf(printed(dump, printing));
        expect((await found(before, after)).map(({ pair, paths }) => [pair.kind, pair.name, paths])).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('with one value changed differs there and nowhere else, in any printing', async () => {
    const before = await proxyOf(dump);
    const edits = fc.nat(messages.length - 1).chain(index => {
      const message = messages[index] ?? { steps: [], kind: '', name: '' };
      const leaves = leavesOf(at(dump, message.steps)).filter(isOwnField);
      return fc.record({ message: fc.constant(message), leaf: fc.constantFrom(...leaves) });
    });
    await fc.assert(
      fc.asyncProperty(edits, printings, async ({ message, leaf }, printing) => {
        const edited = withOther(dump, [...message.steps, ...leaf]);
        const differences = await found(before, await proxyOf(printed(edited, printing)));
        expect(differences.map(({ pair, change }) => [pair.kind, pair.name, change])).toEqual([
          [message.kind, message.name, 'changed'],
        ]);
        const paths = differences[0]?.paths ?? [];
        // A type that is another one changes what its fields are called too.
        if (leaf.at(-1) !== '@type') expect(paths).toHaveLength(1);
      }),
      { numRuns: RUNS },
    );
  });

  it('with one entry less differs by that entry', async () => {
    const before = await proxyOf(dump);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...messages), printings, async (message, printing) => {
        const [section = '', index = '', list = '', entry = ''] = message.steps;
        const edited = structuredClone(dump);
        (at(edited, [section, index, list]) as Json[]).splice(Number(entry), 1);
        const differences = await found(before, await proxyOf(printed(edited, printing)));
        expect(differences.map(({ pair, change }) => [pair.kind, pair.name, change])).toEqual([
          [message.kind, message.name, 'only-left'],
        ]);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
