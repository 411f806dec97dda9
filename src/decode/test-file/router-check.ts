import { snakeCase } from '../case.js';
import { isObject } from '../json.js';

/** What the route table check tool sends. */
interface RouterCheckInput {
  readonly authority: string;
  readonly path: string;
  readonly method: string;
  readonly random: number;
  readonly ssl: boolean;
  readonly internal: boolean;
  /** Runtime key that is enabled; empty for none. */
  readonly runtime: string;
  readonly headers: readonly HeaderValue[];
  readonly responseHeaders: readonly HeaderValue[];
}

export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

/** What the tool expects; null for what is not checked, the empty string for “none”. */
interface RouterCheckValidation {
  readonly cluster: string | null;
  readonly virtualCluster: string | null;
  readonly virtualHost: string | null;
  readonly hostRewrite: string | null;
  readonly pathRewrite: string | null;
  readonly pathRedirect: string | null;
  readonly codeRedirect: number | null;
  /** google.protobuf.Duration as JSON: `30s`. */
  readonly timeout: string | null;
  readonly requestFields: readonly HeaderValue[];
  readonly responseFields: readonly HeaderValue[];
  /** route.v3.HeaderMatcher messages. */
  readonly requestMatchers: readonly Record<string, unknown>[];
  readonly responseMatchers: readonly Record<string, unknown>[];
}

/** One test of Envoy's route table check tool. */
export interface RouterCheck {
  readonly name: string;
  readonly input: RouterCheckInput;
  readonly validate: RouterCheckValidation;
  /** Fields of input and validation that nothing here knows; such a test cannot be judged. */
  readonly unknown: readonly string[];
}

/** Whether a value is a test of the tool, in its JSON form before 1.12 or as a ValidationItem. */
export function isRouterCheck(value: unknown): value is Record<string, unknown> {
  return isObject(value) && isObject(value.input) && isObject(value.validate);
}

/**
 * Reads one test, in either form, in either case of its field names.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/operations/tools/router_check, test/tools/router_check/validation.proto
 */
export function routerCheck(value: Record<string, unknown>, position: number): RouterCheck {
  const input = new Fields(value.input);
  const validate = new Fields(value.validate);
  const check = {
    name: String(value.test_name ?? value.testName ?? `test ${position}`),
    input: inputOf(input),
    validate: validationOf(validate),
  };
  return { ...check, unknown: [...input.unread(), ...validate.unread()] };
}

function inputOf(input: Fields): RouterCheckInput {
  return {
    authority: input.text('authority', ':authority') ?? '',
    path: input.text('path', ':path') ?? '/',
    method: input.text('method', ':method') ?? 'GET',
    random: Number(input.take('random_value') ?? 0),
    ssl: input.take('ssl') === true,
    internal: input.take('internal') === true,
    runtime: input.text('runtime') ?? '',
    headers: input.headers('additional_headers', 'additional_request_headers'),
    responseHeaders: input.headers('additional_response_headers'),
  };
}

function validationOf(validate: Fields): RouterCheckValidation {
  const code = validate.text('code_redirect');
  return {
    cluster: validate.text('cluster_name'),
    virtualCluster: validate.text('virtual_cluster_name'),
    virtualHost: validate.text('virtual_host_name'),
    hostRewrite: validate.text('host_rewrite'),
    pathRewrite: validate.text('path_rewrite'),
    pathRedirect: validate.text('path_redirect'),
    codeRedirect: code === null ? null : Number(code),
    timeout: validate.text('timeout'),
    requestFields: validate.headers('header_fields', 'custom_header_fields', 'request_header_fields'),
    responseFields: validate.headers('response_header_fields'),
    requestMatchers: validate.objects('request_header_matches'),
    responseMatchers: validate.objects('response_header_matches'),
  };
}

/** The fields of a message that are taken one by one, so that what is left is known. */
class Fields {
  private readonly rest: Map<string, unknown>;

  constructor(message: unknown) {
    const entries = isObject(message) ? Object.entries(message) : [];
    this.rest = new Map(entries.map(([key, value]) => [snakeCase(key), value]));
  }

  take(name: string): unknown {
    const value = this.rest.get(name);
    this.rest.delete(name);
    return isObject(value) && Object.keys(value).length === 1 && 'value' in value ? value.value : value;
  }

  /** The first of the names that is there, as text. */
  text(...names: string[]): string | null {
    const found = names.map(name => this.take(name)).find(value => value !== undefined && value !== null);
    return found === undefined ? null : String(found);
  }

  objects(name: string): Record<string, unknown>[] {
    return [this.take(name)].flat().filter(isObject);
  }

  headers(...names: string[]): HeaderValue[] {
    return names
      .flatMap(name => this.objects(name))
      .map(item => ({ name: String(item.key ?? item.field ?? ''), value: String(item.value ?? '') }));
  }

  unread(): string[] {
    return [...this.rest.keys()];
  }
}
