import { isObject } from '../json.js';
import { yamlProblem, yamlValues } from '../yaml.js';
import { isRouterCheck, type RouterCheck, routerCheck } from './router-check.js';
import { parseTextProto, TextProtoError } from './text-proto.js';

/** One expectation of mesh-trace's own format, its parts as they were written. */
export interface ExpectationItem {
  readonly name: string | null;
  readonly request: Record<string, unknown>;
  readonly expect: Record<string, unknown>;
}

/** A test file's content: expectations, or tests of Envoy's route table check tool. */
export type TestFile =
  | { readonly kind: 'expectations'; readonly items: readonly ExpectationItem[] }
  | { readonly kind: 'router-check'; readonly items: readonly RouterCheck[] };

/** A test file that cannot be read. */
export class TestFileError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'TestFileError';
  }
}

const HINT =
  'A test is a mapping with `request` and `expect`; or, for Envoy’s router_check_tool, with `input` and `validate`.';

/**
 * Reads expectations (a list, one mapping, several YAML documents) or tests of Envoy's route table check tool (JSON, YAML, protobuf text).
 * Throws TestFileError.
 */
export async function parseTestFile(text: string): Promise<TestFile> {
  const values = /^\s*(?:#[^\n]*\n\s*)*tests\s*[{<]/.test(text) ? textProto(text) : await yaml(text);
  const items = values.flatMap(value => (isObject(value) && Array.isArray(value.tests) ? value.tests : value));
  if (items.length === 0) throw new TestFileError('it holds no tests', HINT);
  if (items.every(isRouterCheck))
    return { kind: 'router-check', items: items.map((item, index) => routerCheck(item, index + 1)) };
  return { kind: 'expectations', items: items.map((item, index) => expectation(item, index + 1)) };
}

function textProto(text: string): unknown[] {
  try {
    const { tests } = parseTextProto(text);
    return [tests].flat();
  } catch (error) {
    if (error instanceof TextProtoError) throw new TestFileError(`it is no protobuf text: ${error.message}`, HINT);
    throw error;
  }
}

async function yaml(text: string): Promise<unknown[]> {
  try {
    return (await yamlValues(text)).flat().filter(value => value !== null);
  } catch (error) {
    throw new TestFileError(`it cannot be read: ${yamlProblem(error)}`, HINT);
  }
}

function expectation(item: unknown, position: number): ExpectationItem {
  if (!isObject(item) || !isObject(item.request) || !isObject(item.expect))
    throw new TestFileError(`test ${position} has no request and expect`, HINT);
  const { name, request, expect } = item;
  return { name: typeof name === 'string' ? name : null, request, expect };
}
