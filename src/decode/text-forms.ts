import { CAPTURE_AGAIN, type Unknown } from './unknown-value.js';

const JSON_INSTEAD = 'Save the JSON instead: add -o json to the istioctl command.';

const JSON_INSTEAD_OF_CHECK =
  'Give the listeners it was made from: istioctl proxy-config all POD.NAMESPACE -o json > dump.json';

const LOOK_AT_ERROR = 'Run the command again and look at its error.';

const SHELL_ERROR = 'is an error message of a shell or of curl, not a dump';

interface TextForm {
  readonly test: RegExp;
  readonly form: Unknown;
  /** The line that was met says what went wrong: it is shown. */
  readonly isMessage?: true;
}

const FORMS: readonly TextForm[] = [
  { test: /^\s*$/, form: { what: 'is empty', hint: CAPTURE_AGAIN } },
  {
    test: /^\s*(null|true|false|-?[\d.]+([eE][+-]?\d+)?|"[^\n]*")\s*$/,
    form: { what: 'is a single JSON value, not a dump', hint: CAPTURE_AGAIN },
  },
  {
    test: /^\s*(<!doctype|<html|<\?xml|<head|<body)/i,
    form: {
      what: 'is an HTML page, not a dump',
      hint: 'A proxy or login page answered. Fetch Envoy’s /config_dump?include_eds itself.',
    },
  },
  {
    test: /^upstream connect error|^no healthy upstream|^upstream request timeout/,
    form: {
      what: 'is an error message of Envoy, not a dump',
      hint: 'The request for the dump went through a proxy that could not connect; ask the admin port (15000) itself.',
    },
  },
  {
    test: /^(Error( from server)?[: ]|error: |Unable to connect to the server|The connection to the server |OCI runtime |[EF]\d{4} [\d:.]+ +\d+ \S+\])/m,
    form: { what: 'is an error message of istioctl or kubectl, not a dump', hint: LOOK_AT_ERROR },
    isMessage: true,
  },
  {
    test: /^zsh: no matches found: /m,
    form: { what: SHELL_ERROR, hint: 'Put the URL in quotes.' },
    isMessage: true,
  },
  {
    test: /^(curl: \(\d+\) |(-?(ba|da|z|k|a)?sh): |command terminated with exit code )/m,
    form: { what: SHELL_ERROR, hint: LOOK_AT_ERROR },
    isMessage: true,
  },
  {
    test: /^\s*(\x1b\[[\d;]*m)+\s*[{[]/,
    form: {
      what: 'is JSON in the colours of a terminal',
      hint: 'Save it again without them: jq with -M, or without -C.',
    },
  },
  {
    test: /^(Clusters|Listeners|Routes) (Match|Don't Match)|^--- (Pilot|Istiod) (Clusters|Listeners|Routes)/m,
    form: { what: 'is the text of istioctl proxy-status POD', hint: 'Give it to: mesh-trace diff FILE' },
  },
  {
    test: /^NAME\s.*(CDS|SUBSCRIBED TYPES|ISTIOD|PILOT)/m,
    form: { what: 'is a table of istioctl proxy-status', hint: 'Give it to: mesh-trace status -f FILE' },
  },
  {
    test: /(?:^|\n)Istio Version:|^(?=[\s\S]*\bSERVICE FQDN\s+PORT)(?=[\s\S]*\bADDRESS(ES)?\s+PORT)/,
    form: { what: 'is the tables of istioctl proxy-config all', hint: JSON_INSTEAD },
  },
  {
    test: /^(NAME\s+)?ADDRESS(ES)?\s+PORT|^LISTENER\b/m,
    form: { what: 'is a table of istioctl proxy-config listeners', hint: JSON_INSTEAD },
  },
  {
    test: /^(NAME\s+)?SERVICE FQDN\s+PORT/m,
    form: { what: 'is a table of istioctl proxy-config clusters', hint: JSON_INSTEAD },
  },
  {
    test: /^NOTE: This output only contains routes|^NAME\s+(VIRTUAL HOSTS|VHOST NAME|DOMAINS)/m,
    form: { what: 'is a table of istioctl proxy-config routes', hint: JSON_INSTEAD },
  },
  {
    test: /^(ENDPOINT|NAME)\s+STATUS\s.*CLUSTER/m,
    form: { what: 'is a table of istioctl proxy-config endpoints', hint: JSON_INSTEAD },
  },
  { test: /^RESOURCE NAME\s+TYPE/m, form: { what: 'is a table of istioctl proxy-config secret', hint: JSON_INSTEAD } },
  {
    test: /^ACTION\s+AuthorizationPolicy/m,
    form: { what: 'is the table of istioctl experimental authz check', hint: JSON_INSTEAD_OF_CHECK },
  },
  { test: /^\s*[{[]\s*'/, form: { what: 'is a printed Python value, not JSON', hint: 'Write it with json.dumps.' } },
];

/** Names a text that is neither JSON nor YAML; null when it is none that is known. */
export function recogniseText(text: string): Unknown | null {
  for (const { test, form, isMessage } of FORMS) {
    const match = test.exec(text);
    if (match !== null) return isMessage === true ? showing(lineAt(text, match.index), form) : form;
  }
  return null;
}

function showing(line: string, { what, hint }: Unknown): Unknown {
  const shown = line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
  return { what, hint: `It says “${shown}”. ${hint}` };
}

function lineAt(text: string, at: number): string {
  return (text.slice(at).split('\n', 1)[0] ?? '').trimEnd();
}

const ESCAPE = 0x1b;

/** Longer messages are cut: they hold whole stacks. */
const MAX_MESSAGE = 200;

/** Whether the bytes are no text at all: NUL bytes or many control characters; those that begin colours are none of these. */
export function isBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4096);
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== ESCAPE)) controls++;
  }
  return controls * 20 > head.length;
}
