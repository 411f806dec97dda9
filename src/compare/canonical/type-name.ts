const AREA = '(?<area>http|listener|network|udp)';
const OLD = 'v\\d+(?:alpha|beta)?\\d*';

/** Where API v3 moved the packages of v2: https://www.envoyproxy.io/docs/envoy/latest/api/api_supported_versions, and the messages' own `versioning` notes. */
const MOVES: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(`^envoy\\.config\\.filter\\.${AREA}\\.rate_limit\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.filters.$<area>.ratelimit.v3.$<name>',
  ],
  [
    new RegExp(`^envoy\\.config\\.filter\\.http\\.transcoder\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.filters.http.grpc_json_transcoder.v3.$<name>',
  ],
  [
    new RegExp(`^envoy\\.config\\.filter\\.network\\.local_rate_limit\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.filters.network.local_ratelimit.v3.$<name>',
  ],
  [
    new RegExp(`^envoy\\.config\\.filter\\.${AREA}\\.(?<kind>\\w+)\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.filters.$<area>.$<kind>.v3.$<name>',
  ],
  [/^envoy\.api\.v2\.auth\.(?<name>\w+)$/, 'extensions.transport_sockets.tls.v3.$<name>'],
  [
    new RegExp(`^envoy\\.config\\.transport_socket\\.(?<kind>\\w+)\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.transport_sockets.$<kind>.v3.$<name>',
  ],
  [/^envoy\.config\.accesslog\.v2\.FileAccessLog$/, 'extensions.access_loggers.file.v3.FileAccessLog'],
  [/^envoy\.config\.accesslog\.v2\.(?<name>\w+)$/, 'extensions.access_loggers.grpc.v3.$<name>'],
  [
    new RegExp(`^envoy\\.config\\.cluster\\.(?<kind>\\w+)\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.clusters.$<kind>.v3.$<name>',
  ],
  [/^envoy\.config\.retry\.(?<kind>\w+)\.v2\.(?<name>\w+)$/, 'extensions.retry.host.$<kind>.v3.$<name>'],
  [
    new RegExp(`^envoy\\.config\\.health_checker\\.(?<kind>\\w+)\\.${OLD}\\.(?<name>\\w+)$`),
    'extensions.health_checkers.$<kind>.v3.$<name>',
  ],
];

/** Packages that v3 left where they were have no v2 form under `extensions`. */
const IN_V3 = /\.v3(?:alpha)?\./;

const known = new Map<string, string>();

/** The type of an Any without its URL prefix, under the name that API v3 gives it. */
export function typeName(url: string): string {
  let name = known.get(url);
  if (name === undefined) {
    name = moved(url.slice(url.lastIndexOf('/') + 1));
    known.set(url, name);
  }
  return name;
}

function moved(name: string): string {
  if (IN_V3.test(name) || !name.startsWith('envoy.')) return name;
  const move = MOVES.find(([from]) => from.test(name));
  return move === undefined ? name : `envoy.${name.replace(...move)}`;
}
