import { extensionName } from './extension-name.js';
import { isJsonObject, type Json } from './json.js';
import { typeName } from './type-name.js';

type Fields = Record<string, Json>;

/** What API v2 said in another way, and how API v3 says it. Each changes the fields of one message in place. */
const FORMS: readonly ((fields: Fields) => void)[] = [
  typedStruct,
  extension,
  tlsContext,
  hosts,
  deprecatedV1,
  mirrorPolicy,
  headerMatcher,
];

/** Puts the fields of one message (names in snake_case, values as they were read) into the form of API v3, and unwraps TypedStruct. */
export function intoTodaysForm(fields: Fields): void {
  for (const form of FORMS) form(fields);
}

/** xDS wraps messages of types that it does not know into a TypedStruct. */
function typedStruct(fields: Fields): void {
  const type = fields['@type'];
  if (typeof type !== 'string') return;
  fields['@type'] = typeName(type);
  if (!type.endsWith('.TypedStruct') || typeof fields.type_url !== 'string') return;
  const { type_url: url, value } = fields;
  delete fields.type_url;
  delete fields.value;
  Object.assign(fields, isJsonObject(value) ? value : {}, { '@type': typeName(url) });
}

/** An extension: `config` became `typed_config`, and names became longer. */
function extension(fields: Fields): void {
  if (typeof fields.name !== 'string') return;
  if (isJsonObject(fields.config) && fields.typed_config === undefined) rename(fields, 'config', 'typed_config');
  if (isJsonObject(fields.typed_config)) fields.name = extensionName(fields.name);
}

/** Cluster.tls_context, FilterChain.tls_context. */
function tlsContext(fields: Fields): void {
  const context = fields.tls_context;
  if (!isJsonObject(context) || fields.transport_socket !== undefined) return;
  delete fields.tls_context;
  fields.transport_socket = { name: 'envoy.transport_sockets.tls', typed_config: context };
}

/** Cluster.hosts. */
function hosts(fields: Fields): void {
  if (!Array.isArray(fields.hosts) || fields.load_assignment !== undefined) return;
  const lbEndpoints = fields.hosts.map(address => ({ endpoint: { address } }));
  delete fields.hosts;
  fields.load_assignment = { cluster_name: fields.name ?? '', endpoints: [{ lb_endpoints: lbEndpoints }] };
}

/** Listener.deprecated_v1. */
function deprecatedV1(fields: Fields): void {
  const old = fields.deprecated_v1;
  if (!isJsonObject(old)) return;
  delete fields.deprecated_v1;
  const bind = old.bind_to_port ?? old.bindToPort;
  if (bind !== undefined) fields.bind_to_port = bind;
}

/** RouteAction.request_mirror_policy. */
function mirrorPolicy(fields: Fields): void {
  const policy = fields.request_mirror_policy;
  if (!isJsonObject(policy) || fields.request_mirror_policies !== undefined) return;
  delete fields.request_mirror_policy;
  fields.request_mirror_policies = [policy];
}

const MATCHES = ['exact_match', 'prefix_match', 'suffix_match', 'contains_match', 'safe_regex_match'];

/** HeaderMatcher's own matches became a StringMatcher. */
function headerMatcher(fields: Fields): void {
  if (typeof fields.name !== 'string' || fields.string_match !== undefined) return;
  const field = MATCHES.find(match => fields[match] !== undefined && fields[match] !== null);
  if (field === undefined) return;
  fields.string_match = { [field.replace('_match', '')]: fields[field] ?? null };
  delete fields[field];
}

function rename(fields: Fields, from: string, to: string): void {
  fields[to] = fields[from] ?? null;
  delete fields[from];
}
