import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DecodedDocument } from '../../src/decode/document.js';
import { DecodeProblem } from '../../src/decode/problem.js';
import { decodeText, foundEntries, SHARED } from './support/found.js';
import { expectedEntries, expectedList } from './support/reference.js';

const isThere = existsSync(SHARED);

/** Paths below the shared folder of all files below one of its folders. */
function filesBelow(folder: string): string[] {
  if (!isThere) return [];
  const root = new URL(folder, SHARED);
  if (!statSync(root).isDirectory()) return [folder];
  return readdirSync(root)
    .flatMap(name => filesBelow(`${folder}/${name}`))
    .sort();
}

function textOf(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, SHARED)), 'utf8');
}

async function decodeFile(path: string): Promise<DecodedDocument[] | DecodeProblem> {
  try {
    return await decodeText(readFileSync(new URL(path, SHARED)), path);
  } catch (error) {
    if (error instanceof DecodeProblem) return error;
    throw error;
  }
}

/** Form and kind by file name, as the folders' own names have it. */
const LISTS: Record<string, readonly [form: string, kind: string]> = {
  listeners: ['istioctl-listeners', 'listener'],
  clusters: ['istioctl-clusters', 'cluster'],
  routes: ['istioctl-routes', 'route'],
  endpoints: ['istioctl-endpoints', 'cluster-status'],
  eds: ['istioctl-endpoints', 'endpoint'],
};

async function expectLikeJsonParse(path: string, form: string, kind: string | null): Promise<DecodedDocument> {
  const documents = await decodeFile(path);
  if (documents instanceof DecodeProblem) throw documents;
  const value: unknown = JSON.parse(textOf(path));
  expect(foundEntries(documents)).toEqual(
    kind !== null && Array.isArray(value) ? expectedList(value, kind) : expectedEntries(value),
  );
  const [document] = documents;
  if (document === undefined) throw new Error(`${path} has no document`);
  expect({ count: documents.length, form: document.form, broken: document.broken, notes: document.notes }).toEqual({
    count: 1,
    form,
    broken: null,
    notes: [],
  });
  expect([...document.partial]).toEqual([]);
  return document;
}

const MESH_FILES = ['istio-1.1', 'istio-1.30'].flatMap(filesBelow);

describe.skipIf(!isThere)('documents of the two meshes (in ../shared)', () => {
  const dumps = MESH_FILES.filter(path => /(config_dump[^/]*|\/(envoy|pilot))\.json$/.test(path));
  it.each(dumps)('%s holds what JSON.parse finds', async path => {
    const document = await expectLikeJsonParse(path, 'config_dump', null);
    for (const kind of ['listener', 'cluster', 'route'] as const) expect(document.kinds, kind).toContain(kind);
  });

  const statuses = MESH_FILES.filter(
    path => /\/(envoy-)?clusters\.json$/.test(path) && !path.includes('istioctl-json'),
  );
  it.each(statuses)('%s is /clusters', async path => {
    await expectLikeJsonParse(path, 'clusters', null);
  });

  const lists = MESH_FILES.filter(path => /(istioctl-json\/.*\/|\/istioctl-)\w+\.json$/.test(path));
  it.each(lists)('%s is what istioctl printed', async path => {
    const subcommand = /(\w+)\.json$/.exec(path)?.[1] ?? '';
    const [form, kind] = LISTS[subcommand] ?? [`istioctl-${subcommand === 'secret' ? 'secrets' : subcommand}`, null];
    await expectLikeJsonParse(path, form, kind);
  });

  it.each(lists.filter(path => path.includes('istioctl-json')))('%s says the same in YAML', async path => {
    const [json, yaml] = await Promise.all([decodeFile(path), decodeFile(path.replace(/json$/, 'yaml'))]);
    if (json instanceof DecodeProblem || yaml instanceof DecodeProblem) throw json;
    expect(foundEntries(yaml)).toEqual(foundEntries(json));
    expect(yaml.map(({ form, broken, partial }) => ({ form, broken, partial }))).toEqual(
      json.map(({ form, broken, partial }) => ({ form, broken, partial })),
    );
  });

  it.each(TEXTS)('files like %s: %s', async (pattern, what) => {
    const paths = MESH_FILES.filter(path => pattern.test(path) && statSync(new URL(path, SHARED)).size > 0);
    expect(paths).not.toEqual([]);
    for (const path of paths) {
      const answer = await decodeFile(path);
      if (!(answer instanceof DecodeProblem)) throw new Error(`${path} was read`);
      expect(answer.what, path).toMatch(what);
      expect(answer.hint, path).toMatch(/[.:] ?|dump\.json$/);
    }
  });
});

const TEXTS: [path: RegExp, what: RegExp][] = [
  [/istioctl-tables\/.*\/clusters\.|istioctl-clusters\.txt$/, /^is a table of istioctl proxy-config clusters$/],
  [/istioctl-tables\/.*\/listeners\.|istioctl-listeners\.txt$/, /^is a table of istioctl proxy-config listeners$/],
  [/istioctl-tables\/.*\/routes\.|istioctl-routes\.txt$/, /^is a table of istioctl proxy-config routes$/],
  [
    /istioctl-tables\/.*\/(eds|endpoints)\.|istioctl-endpoints\.txt$/,
    /^is a table of istioctl proxy-config endpoints$/,
  ],
  [/istioctl-tables\/.*\/secret\./, /^is a table of istioctl proxy-config secret$/],
  [/istioctl-tables\/.*\/all\./, /^is the tables of istioctl proxy-config all$/],
  [/istioctl-tables\/.*\/authz-check/, /^is the table of istioctl experimental authz check$/],
  [/proxy-status\/(list\.(?!bad)|table-|syncz)/, /^is the list of istioctl proxy-status$/],
  [
    /1\.30\/proxy-status\/diff\.(?!unknown)|1\.1\/proxy-status\/diff-(?!not-|pilot-).*\/stdout/,
    /^is the text of istioctl proxy-status POD$/,
  ],
  [/\.stderr(\.txt)?$|\/stderr\.txt$/, /^is an error message of istioctl or kubectl, not a dump$/],
  [/mesh\/.*(istio|k8s)\.yaml$/, /^is a Kubernetes resource, not Envoy configuration$/],
  [/mesh\/.*meshconfig/, /^is not Envoy configuration \(its keys: /],
  [/istioctl-calls\/(11|34)\.txt$/, /^is an empty list$/],
];

interface ManifestRow {
  readonly kind: string;
  readonly file: string;
}

const MANIFEST: ManifestRow[] = !isThere
  ? []
  : textOf('dumps/manifest.tsv')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split('\t'))
      .map(([kind = '', , file = '']) => ({ kind, file }));

const FORMS: Record<string, readonly string[]> = {
  config_dump: ['config_dump'],
  'admin-clusters-json': ['clusters'],
  'admin-listeners-json': ['listeners'],
  csds: ['csds'],
  'istioctl-pc-json': ['istioctl-bootstrap', 'istioctl-clusters', 'istioctl-endpoints', 'istioctl-routes'],
};

const LIST_KINDS: Record<string, string> = {
  'istioctl-clusters': 'cluster',
  'istioctl-endpoints': 'cluster-status',
  'istioctl-routes': 'route',
};

describe.skipIf(!isThere)('dumps of other meshes (in ../shared)', () => {
  const known = MANIFEST.filter(({ kind }) => kind in FORMS);
  it.each(known)('$file, $kind, loads', async ({ kind, file }) => {
    const documents = await decodeFile(`dumps/${file}`);
    if (documents instanceof DecodeProblem) throw documents;
    for (const { form, broken } of documents) {
      expect(FORMS[kind]).toContain(form);
      expect(broken).toBeNull();
    }
    if (basename(file).endsWith('.yaml')) return;
    const text = textOf(`dumps/${file}`);
    const value: unknown = JSON.parse(
      text.slice(text.search(/^[{[]/m), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1),
    );
    const listKind = LIST_KINDS[documents[0]?.form ?? ''];
    expect(foundEntries(documents)).toEqual(
      Array.isArray(value) && listKind !== undefined ? expectedList(value, listKind) : expectedEntries(value),
    );
  });

  it('are all in the tables here', () => {
    const tested = [...known.map(({ file }) => file), ...OTHERS.map(([file]) => file)];
    expect(tested.sort()).toEqual(MANIFEST.map(({ file }) => file).sort());
  });

  it.each(OTHERS)('%s: %s', async (file, what) => {
    const answer = await decodeFile(`dumps/${file}`);
    expect(answer instanceof DecodeProblem ? answer.what : answer.map(({ form }) => form).join()).toBe(what);
  });
});

const TABLE = 'is a table of istioctl proxy-config';

/** Files of the manifest's kinds other-json and text/other: their form, or what they are instead. */
const OTHERS: [file: string, what: string][] = [
  ['istio-2018-pilot-listenerdump.json', 'config_dump'],
  ['opendops-cilium-gateway-listener.json', 'config_dump'],
  ['aimuke-istio-1.json', 'config_dump'],
  ['aimuke-istio-2.json', 'config_dump'],
  ['envoygateway-translate-all.json', 'config_dump'],
  ['envoygateway-translate-default.yaml', 'config_dump'],
  ['kmesh-config-dump.json', 'istioctl-bootstrap'],
  ['bochuxt-marathon-pyrepr.txt', 'is a printed Python value, not JSON'],
  ['text-istio-1.1.6-envoy_configdump_clustersummary.txt', `${TABLE} clusters`],
  ['text-istio-1.1.6-envoy_configdump_routesummary.txt', `${TABLE} routes`],
  ['text-istio-1.5.0-envoy_clusters_clustersummary.txt', `${TABLE} endpoints`],
  ['text-istio-1.30.3-envoy_configdump_endpoint_emptyfilter_output.json', 'istioctl-endpoints'],
  ['text-istio-1.30.3-envoy_configdump_endpoint_emptyfilter_output.txt', `${TABLE} endpoints`],
  ['text-istio-1.30.3-envoy_configdump_endpoint_emptyfilter_output.yaml', 'istioctl-endpoints'],
  ['text-istio-1.30.3-envoy_configdump_routes_k8s-gateway-http-route-path-prefix_output.txt', `${TABLE} routes`],
  ['text-istio-1.30.3-pilot_multiXdsStatusMultiPilot.txt', 'is the list of istioctl proxy-status'],
  ['text-istio-1.30.3-pilot_multiXdsStatusMultiPilot_verbose.txt', 'is the list of istioctl proxy-status'],
  ['text-istio-1.30.3-pc-all-config_dump_summary_withheaders.txt', 'is the tables of istioctl proxy-config all'],
];
