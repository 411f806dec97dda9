/** The part of JSON Schema that docs/result.schema.json is written in. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

export interface RootSchema extends Schema {
  readonly $defs: Readonly<Record<string, Schema>>;
}

const INTRO = `# The result

What \`-o json\`, \`-o yaml\` and \`-o jsonl\` give, and what a requests file takes. This page is made from
[result.schema.json](result.schema.json) (JSON Schema 2020-12, also \`mesh-trace/result.schema.json\` for importers); a test fails when it is not up to
date (\`npm run docs\` writes it again).

Output is stable: arrays keep Envoy’s order, nothing depends on the clock, documents are named by relative paths. With one \`--to\`, \`json\` is one
result; with \`--requests\` it is a list; \`jsonl\` gives one result a line.

Other commands print [DriftResult](#driftresult) (\`diff\`), [CheckResult](#checkresult), [StatusResult](#statusresult), [TestResult](#testresult),
[LogResult](#logresult), [ExplainResult](#explainresult) and [FindingsList](#findingslist) (\`list findings\`).`;

/** docs/result-schema.md: every definition with its fields. */
export function schemaPage(schema: RootSchema): string {
  const sections = Object.entries(schema.$defs).map(([name, definition]) => section(name, definition));
  return `${[INTRO, ...sections].join('\n\n')}\n`;
}

function section(name: string, definition: Schema): string {
  const { description, properties } = definition;
  const parts = [`## ${name}`, ...(description === undefined ? [] : [description])];
  if (properties === undefined) return [...parts, typeOf(definition)].join('\n\n');
  const required = new Set(definition.required);
  const rows = Object.entries(properties).map(
    ([field, value]) => `| \`${field}\` | ${typeOf(value)} | ${meaning(value, required.has(field))} |`,
  );
  return [...parts, ['| field | type | meaning |', '|---|---|---|', ...rows].join('\n')].join('\n\n');
}

function meaning({ description, default: fallback }: Schema, isRequired: boolean): string {
  const parts = [
    description ?? '',
    fallback === undefined ? '' : `Default: \`${String(fallback)}\`.`,
    isRequired ? '' : '*May be absent.*',
  ];
  return parts.filter(part => part !== '').join(' ');
}

function typeOf(schema: Schema): string {
  const { $ref, type, items, oneOf } = schema;
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? '';
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(', ');
  if (oneOf !== undefined) return oneOf.map(typeOf).join(' or ');
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([field, value]) => `\`${field}\`: ${typeOf(value)}`);
    return `${[type].flat().includes('null') ? 'null or ' : ''}object (${fields.join('; ')})`;
  }
  return [type ?? 'any'].flat().join(' or ');
}

function literal(value: unknown): string {
  return `\`${value === null ? 'null' : String(value)}\``;
}
