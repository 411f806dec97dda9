import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TraceResult } from '../../src/trace/result.js';
import { runCli } from '../support/run-cli.js';

const BROKEN = fileURLToPath(new URL('../../../shared/broken/', import.meta.url));
const isThere = existsSync(BROKEN);

type Answer =
  /** The trace of the whole dump. */
  | 'whole'
  /** Undetermined, with what is missing. */
  | { readonly missing: string }
  /** Refused, with the two lines that say why. */
  | readonly [what: string, hint: string];

const CAPTURE = 'Capture it again: istioctl proxy-config all POD.NAMESPACE -o json > dump.json';
const NO_SECTION: Answer = ['is a config dump without any section', CAPTURE];
const SCALAR: Answer = ['is a single JSON value, not a dump', CAPTURE];

/** Every input, what `mesh-trace --to reviews:8888 -f INPUT` answers, and what it says beside on stderr. */
const TABLE: Record<string, readonly [answer: Answer, said?: string]> = {
  'array.json': ['whole'],
  'bad-duration.json': ['whole'],
  'binary.bin': [['is a binary file, not a dump', CAPTURE]],
  'compact.json': ['whole'],
  'config-without-type.json': ['whole'],
  'configs-empty.json': [NO_SECTION],
  'configs-null.json': [NO_SECTION],
  'configs-object.json': [NO_SECTION],
  'configs-of-strings.json': [NO_SECTION],
  'duplicate-keys.json': ['whole'],
  'empty.json': [['is empty', CAPTURE]],
  'gzipped.json.gz': ['whole'],
  'invalid-utf8.json': ['whole', ': it holds bytes that are not UTF-8; each is read as �'],
  'log-prefix.json': ['whole', ': 67 bytes before the JSON were passed over'],
  'no-bootstrap-section.json': ['whole'],
  'no-clusters-section.json': [{ missing: 'the clusters section of the dump' }],
  'no-listeners-section.json': [{ missing: 'the listeners section of the dump' }],
  'no-secrets-section.json': ['whole'],
  'null.json': [SCALAR],
  'number.json': [SCALAR],
  'page.html': [
    ['is an HTML page, not a dump', 'A proxy or login page answered. Fetch Envoy’s /config_dump?include_eds itself.'],
  ],
  'resource-dynamic_active_clusters.json': [{ missing: 'the listeners section of the dump' }],
  'secret-not-a-certificate.json': ['whole'],
  'sections-in-another-order.json': ['whole'],
  'string.json': [SCALAR],
  'trailing-garbage.json': ['whole', ': 10 bytes after the JSON were passed over'],
  'truncated-at-1.json': [
    ['breaks off at byte 1 (the document ends before a key) before any section of a dump', CAPTURE],
  ],
  'truncated-last-brace.json': [
    'whole',
    ' breaks off at byte 633252, in its secret section (the document ends before a comma or the end of an object); what came before is used',
  ],
  'two-clusters-sections.json': ['whole'],
  'unknown-cluster-version.json': ['whole'],
  'unknown-extension.json': ['whole'],
  'unknown-fields.json': ['whole'],
  'unknown-section.json': ['whole'],
  'upstream-error.txt': [
    [
      'is an error message of Envoy, not a dump',
      'The request for the dump went through a proxy that could not connect; ask the admin port (15000) itself.',
    ],
  ],
  'utf16.json': ['whole'],
  'yaml.yaml': [{ missing: 'the listeners section of the dump' }],
};

/** A result without what tells which proxy, document and place it is about, and what is wrong with the document. */
function withoutPlaces(result: TraceResult | null): unknown {
  return JSON.parse(JSON.stringify(result), (key, value) =>
    ['document', 'pointer', 'proxy', 'from', 'istioctl', 'assumptions', 'findings'].includes(key) ? undefined : value,
  );
}

async function trace(file: string) {
  const { code, stdout, stderr } = await runCli(['--to', 'reviews:8888', '-f', BROKEN + file, '-o', 'json'], {
    columns: 1000,
  });
  return { code, stderr, result: stdout === '' ? null : (JSON.parse(stdout) as TraceResult) };
}

const whole = isThere ? await trace('compact.json') : null;

describe.skipIf(!isThere)('inputs that are not what they should be (../shared/broken)', () => {
  it('are all in the table', () => {
    expect(Object.keys(TABLE).sort()).toEqual(
      readdirSync(BROKEN)
        .filter(name => name !== 'ISTIOCTL.md')
        .sort(),
    );
  });

  it.each(Object.entries(TABLE))('%s', async (file, [answer, said]) => {
    const { code, stderr, result } = await trace(file);
    if (isRefusal(answer)) {
      const [what, hint] = answer;
      expect({ code, stderr, result }).toEqual({
        code: 3,
        stderr: `mesh-trace: ${file} ${what}.\n  ${hint}\n`,
        result: null,
      });
      return;
    }
    expect(stderr).toBe(said === undefined ? '' : `mesh-trace: ${file}${said}\n`);
    if (answer === 'whole') {
      expect(code).toBe(0);
      expect(withoutPlaces(result)).toEqual(withoutPlaces(whole?.result ?? null));
    } else {
      expect(code).toBe(4);
      expect(result).toMatchObject({ outcome: 'undetermined', reason: 'missing_evidence', missing: [answer.missing] });
    }
  });
});

function isRefusal(answer: Answer): answer is readonly [what: string, hint: string] {
  return Array.isArray(answer);
}
