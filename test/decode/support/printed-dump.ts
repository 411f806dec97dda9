import fc from 'fast-check';
import { camelCase } from '../../../src/decode/case.js';

/** A number from 0 up to, not including, `below`. */
type Draw = (below: number) => number;

const SPACES = ['', '', '', '', ' ', '\n', '\n  ', '\t', '\r\n', ' '.repeat(70)];
const TEXTS = ['', 'name', '}', '{"', ']\n', '\\', '\\"', '"', 'a/b~c', 'ключ', '\u{1f600}', '\u0000', 'x'.repeat(60)];
const SCALARS = ['null', 'true', 'false', '0', '-1.5e+3', '1E400', '12345678901234567890'];

const TYPES = [
  'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
  'type.googleapis.com/envoy.admin.v2alpha.ListenersConfigDump',
  'type.googleapis.com/envoy.admin.v3.ClustersConfigDump.DynamicCluster',
  'type.googleapis.com/envoy.admin.v3.ListenersConfigDump.StaticListener',
  'type.googleapis.com/envoy.admin.v3.MoonConfigDump',
];
const LISTS = [
  ...['static_listeners', 'dynamic_listeners', 'dynamic_active_listeners', 'dynamic_draining_listeners'],
  ...['static_clusters', 'dynamic_active_clusters', 'dynamic_warming_clusters', 'dynamic_route_configs'],
  ...['dynamic_endpoint_configs', 'dynamic_active_secrets', 'cluster_statuses', 'dynamic_scoped_route_configs'],
];
const ENTRY_KEYS = [
  ...['name', 'listener', 'cluster', 'route_config', 'endpoint_config', 'secret', 'address'],
  ...['active_state', 'warming_state', 'error_state', 'failed_configuration', 'details'],
  ...['version_info', 'last_updated', 'last_update_attempt'],
];
const MESSAGE_KEYS = ['name', 'cluster_name', 'address', 'additional_addresses', '@type'];
const SECTION_KEYS = ['@type', 'version_info', 'bootstrap', 'last_updated'];

/**
 * JSON text like that of a dump, valid and no matter how odd: any order of keys, keys that stand twice, either case form, escapes,
 * white space, and other values than expected anywhere.
 */
export const printedDump: fc.Arbitrary<string> = fc.gen().map(gen => {
  const draw: Draw = below => gen(fc.nat, { max: below - 1 });
  return new DumpPrinter(draw, draw(2) === 0 ? key => key : camelCase).dump();
});

class DumpPrinter {
  constructor(
    private readonly draw: Draw,
    private readonly form: (key: string) => string,
  ) {}

  dump(): string {
    const configs = () => this.list(5, () => (this.draw(8) === 0 ? this.value(2) : this.section()));
    return this.space() + this.object(3, ['configs'], configs) + this.space();
  }

  private section(): string {
    return this.object(6, this.draw(4) === 0 ? SECTION_KEYS : [...SECTION_KEYS, ...LISTS], key => {
      if (key === '@type') return this.string(this.oneOf(TYPES));
      return LISTS.includes(key) && this.draw(8) > 0 ? this.list(4, () => this.entry()) : this.message();
    });
  }

  private entry(): string {
    if (this.draw(8) === 0) return this.value(2);
    return this.object(5, ENTRY_KEYS, key => (key.endsWith('_state') ? this.state() : this.part()));
  }

  private state(): string {
    return this.draw(8) === 0 ? this.value(1) : this.object(4, ENTRY_KEYS, () => this.part());
  }

  private part(): string {
    return this.draw(2) === 0 ? this.message() : this.string(this.oneOf(TEXTS));
  }

  private message(): string {
    return this.draw(6) === 0 ? this.value(1) : this.object(4, MESSAGE_KEYS, () => this.value(2));
  }

  private value(depth: number): string {
    switch (this.draw(depth > 0 ? 4 : 2)) {
      case 0:
        return this.oneOf(SCALARS);
      case 1:
        return this.string(this.oneOf(TEXTS));
      case 2:
        return this.list(4, () => this.value(depth - 1));
      default:
        return this.object(4, MESSAGE_KEYS, () => this.value(depth - 1));
    }
  }

  private object(most: number, keys: readonly string[], value: (key: string) => string): string {
    const members = this.some(most, () => {
      const key = this.oneOf(this.draw(6) === 0 ? TEXTS : keys);
      return `${this.space()}${this.string(this.form(key))}${this.space()}:${this.space()}${value(key)}${this.space()}`;
    });
    return `{${members.join(',') || this.space()}}`;
  }

  private list(most: number, item: () => string): string {
    const items = this.some(most, () => this.space() + item() + this.space());
    return `[${items.join(',') || this.space()}]`;
  }

  /** With every letter escaped, one time in six. */
  private string(text: string): string {
    if (this.draw(6) > 0) return JSON.stringify(text);
    const units = text.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `"${units.join('')}"`;
  }

  private some(most: number, make: () => string): string[] {
    return Array.from({ length: this.draw(most + 1) }, make);
  }

  private space(): string {
    return this.oneOf(SPACES);
  }

  private oneOf(items: readonly string[]): string {
    return items[this.draw(items.length)] ?? '';
  }
}
