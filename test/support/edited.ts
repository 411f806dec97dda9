import { decode } from '../../src/decode/decode.js';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { selectProxy } from '../../src/model/select.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';
import type { Json } from './minimal-proxy.js';
import { documentText } from './work-folder.js';

type Kind = 'cluster' | 'listener' | 'route' | 'endpoint' | 'secret';

const PLACES: Record<Kind, { section: string; list: string; holder: readonly string[]; name: string }> = {
  cluster: { section: 'Clusters', list: 'dynamic_active_clusters', holder: ['cluster'], name: 'name' },
  listener: { section: 'Listeners', list: 'dynamic_listeners', holder: ['active_state', 'listener'], name: 'name' },
  route: { section: 'Routes', list: 'dynamic_route_configs', holder: ['route_config'], name: 'name' },
  endpoint: {
    section: 'Endpoints',
    list: 'dynamic_endpoint_configs',
    holder: ['endpoint_config'],
    name: 'cluster_name',
  },
  secret: { section: 'Secrets', list: 'dynamic_active_secrets', holder: ['secret'], name: 'name' },
};

/** A dump of Envoy's admin interface that a test changes in a few places. */
export class EditedDump {
  readonly dump: { configs: Json[] };

  /** A proxy of a folder of snapshots/, by the beginning of its pod's name. */
  constructor(
    readonly snapshot: string,
    readonly pod: string,
  ) {
    this.dump = JSON.parse(documentText(snapshot, pod, 'config_dump')) as { configs: Json[] };
  }

  /** A resource, to be changed in place. Throws where there is none of this name. */
  find(kind: Kind, name: string): Json {
    const found = this.list(kind).map(messageOf(kind)).find(nameIs(kind, name));
    if (found === undefined) throw new Error(`${this.pod} has no ${kind} ${name}`);
    return found;
  }

  /** The node of the bootstrap. */
  get node(): Json {
    return (this.section('Bootstrap').bootstrap as Json).node as Json;
  }

  /** Takes out what the test holds for: all resources of a kind whose name it accepts. */
  drop(kind: Kind, isDropped: (name: string) => boolean): void {
    const { section, list, name } = PLACES[kind];
    this.section(section)[list] = this.list(kind).filter(entry => !isDropped(String(messageOf(kind)(entry)[name])));
  }

  add(kind: Kind, message: Json): void {
    const { holder } = PLACES[kind];
    const entry = [...holder].reverse().reduce<Json>((inner, key) => ({ [key]: inner }), message);
    this.list(kind).push({ name: message.name, ...entry });
  }

  /** The dump as a document's text. */
  text(): string {
    return JSON.stringify(this.dump);
  }

  private list(kind: Kind): Json[] {
    const { section, list } = PLACES[kind];
    const holder = this.section(section);
    holder[list] ??= [];
    return holder[list] as Json[];
  }

  private section(name: string): Json {
    const found = this.dump.configs.find(config => String(config['@type']).endsWith(`.${name}ConfigDump`));
    if (found === undefined) throw new Error(`${this.pod} has no section ${name}`);
    return found;
  }
}

/** The proxies of these dumps. */
export async function proxiesOf(...dumps: readonly EditedDump[]): Promise<readonly ProxyConfig[]> {
  const documents = dumps.map(dump => documentOf(`${dump.pod}/config_dump.json`, Buffer.from(dump.text())));
  return snapshotOf((await Promise.all(documents.map(decode))).flat()).proxies;
}

/** One of several proxies, by the beginning of its name. */
export function named(proxies: readonly ProxyConfig[], name: string): ProxyConfig {
  return selectProxy(proxies, name);
}

function messageOf(kind: Kind) {
  return (entry: Json): Json => PLACES[kind].holder.reduce((value, key) => (value[key] ?? {}) as Json, entry);
}

function nameIs(kind: Kind, name: string) {
  return (message: Json): boolean => message[PLACES[kind].name] === name;
}
