/** An entry as the plain way finds it: JSON.parse, then a walk over everything. */
export interface ExpectedEntry {
  readonly kind: string;
  readonly state: string;
  readonly isStatic: boolean;
  readonly pointer: string;
  readonly message: unknown;
}

interface Key {
  readonly kind: string;
  readonly state: string;
  readonly isStatic: boolean;
  readonly message: string | null;
}

const KINDS: Record<string, readonly [kind: string, message: string]> = {
  Listener: ['listener', 'listener'],
  Cluster: ['cluster', 'cluster'],
  RouteConfig: ['route', 'routeConfig'],
  EndpointConfig: ['endpoint', 'endpointConfig'],
  Secret: ['secret', 'secret'],
};

const LISTS: Record<string, Key> = {
  inlineScopedRouteConfigs: { kind: 'scoped-route', state: 'active', isStatic: true, message: null },
  dynamicScopedRouteConfigs: { kind: 'scoped-route', state: 'active', isStatic: false, message: null },
  ecdsFilters: { kind: 'ecds', state: 'active', isStatic: false, message: 'ecdsFilter' },
  clusterStatuses: { kind: 'cluster-status', state: 'active', isStatic: false, message: null },
  listenerStatuses: { kind: 'listener-status', state: 'active', isStatic: false, message: null },
};

const CONTAINERS = new Set(
  'configs config xdsConfig listenerConfig clusterConfig routeConfig scopedRouteConfig endpointConfig'.split(' '),
);

const MESSAGE_TYPES: Record<string, string> = {
  Listener: 'listener',
  Cluster: 'cluster',
  RouteConfiguration: 'route',
  ClusterLoadAssignment: 'endpoint',
  Secret: 'secret',
};

/** All entries of a dump, `/clusters` or CSDS answer, sorted by pointer. */
export function expectedEntries(value: unknown): ExpectedEntry[] {
  return sortedByPointer(inContainer(value, ''));
}

/** The entries of a list of messages, as istioctl prints it. */
export function expectedList(value: readonly unknown[], kind: string): ExpectedEntry[] {
  const entries = value.flatMap((message, i) =>
    isObject(message) ? [{ kind, state: 'active', isStatic: false, pointer: `/${i}`, message }] : [],
  );
  return sortedByPointer(entries);
}

export function sortedByPointer<T extends { readonly pointer: string }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

function inContainer(value: unknown, pointer: string): ExpectedEntry[] {
  if (Array.isArray(value))
    return value.flatMap((item, i) => (isObject(item) ? inObject(item, `${pointer}/${i}`) : []));
  return isObject(value) ? inObject(value, pointer) : [];
}

function inObject(value: Record<string, unknown>, pointer: string): ExpectedEntry[] {
  const type = typeof value['@type'] === 'string' ? value['@type'] : '';
  const lone = /ConfigDump\.(Static|Dynamic)(Listener|Cluster|RouteConfig|EndpointConfig|Secret)$/.exec(type);
  const loneKey = lone === null ? null : keyOf(`${lone[1]?.toLowerCase()}${lone[2]}s`);
  return [
    ...Object.entries(value).flatMap(([name, child]) => inMember(name, child, pointer)),
    ...('bootstrap' in value ? entriesOf(value, pointer, BOOTSTRAP) : []),
    ...entriesOf(value, pointer, loneKey),
  ];
}

const BOOTSTRAP: Key = { kind: 'bootstrap', state: 'active', isStatic: true, message: 'bootstrap' };

function inMember(name: string, child: unknown, pointer: string): ExpectedEntry[] {
  const below = `${pointer}/${escaped(name)}`;
  const key = keyOf(camel(name));
  if (key !== null) return listOf(child).flatMap(([i, entry]) => entriesOf(entry, `${below}/${i}`, key));
  if (CONTAINERS.has(camel(name))) return inContainer(child, below);
  if (camel(name) === 'genericXdsConfigs')
    return listOf(child).flatMap(([i, item]) => entriesOf(item, `${below}/${i}`, genericKey(item)));
  if (name !== 'xds' || !isObject(child)) return [];
  return Object.entries(child).flatMap(([proxy, dump]) => inContainer(dump, `${below}/${escaped(proxy)}`));
}

function genericKey(item: Record<string, unknown>): Key | null {
  const kind =
    MESSAGE_TYPES[
      String(item.typeUrl ?? item.type_url)
        .split('.')
        .at(-1) ?? ''
    ];
  const isStatic = (item.isStaticResource ?? item.is_static_resource) === true;
  return kind === undefined ? null : { kind, state: 'active', isStatic, message: 'xdsConfig' };
}

function listOf(value: unknown): [number, Record<string, unknown>][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, i): [number, Record<string, unknown>][] => (isObject(item) ? [[i, item]] : []));
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function keyOf(name: string): Key | null {
  if (name in LISTS) return LISTS[name] ?? null;
  const match = /^(static|dynamic)(Active|Warming|Draining)?(\w+?)s$/.exec(name);
  const kind = KINDS[match?.[3] ?? ''];
  if (match === null || kind === undefined) return null;
  const state = match[2]?.toLowerCase() ?? 'active';
  return { kind: kind[0], state, isStatic: match[1] === 'static', message: kind[1] };
}

function entriesOf(entry: Record<string, unknown>, pointer: string, key: Key | null): ExpectedEntry[] {
  if (key === null) return [];
  if (key.message === null) return [{ ...withoutMessage(key), pointer, message: entry }];
  return Object.entries(entry).flatMap(([name, child]) => {
    const state = /^(active|warming|draining|error)State$/.exec(camel(name))?.[1];
    if (state !== undefined && isObject(child)) return stateEntry(child, `${pointer}/${name}`, key, state);
    return camel(name) === key.message
      ? [{ ...withoutMessage(key), pointer: `${pointer}/${name}`, message: child }]
      : [];
  });
}

function stateEntry(holder: Record<string, unknown>, pointer: string, key: Key, state: string): ExpectedEntry[] {
  const field = state === 'error' ? 'failedConfiguration' : key.message;
  const name = Object.keys(holder).find(candidate => camel(candidate) === field);
  const common = { ...withoutMessage(key), state };
  return [
    name === undefined
      ? { ...common, pointer, message: undefined }
      : { ...common, pointer: `${pointer}/${name}`, message: holder[name] },
  ];
}

function withoutMessage({ kind, state, isStatic }: Key) {
  return { kind, state, isStatic };
}

function camel(name: string): string {
  return name.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
