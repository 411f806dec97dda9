import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(new URL('../../docs/result.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addSchema(schema);

function definition(name: string): ValidateFunction {
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${name}`);
  if (validate === undefined) throw new Error(`the schema has no definition ${name}`);
  return validate;
}

const validators = {
  TraceResult: definition('TraceResult'),
  TraceRequest: definition('TraceRequest'),
  DriftResult: definition('DriftResult'),
  CheckResult: definition('CheckResult'),
  StatusResult: definition('StatusResult'),
  TestResult: definition('TestResult'),
  LogResult: definition('LogResult'),
  ExplainResult: definition('ExplainResult'),
  FindingsList: definition('FindingsList'),
};

export type SchemaName = keyof typeof validators;

/** What of a value does not fit a definition of docs/result.schema.json; empty where all fits. */
export function schemaProblems(name: SchemaName, value: unknown): string[] {
  const validate = validators[name];
  if (validate(JSON.parse(JSON.stringify(value)))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
