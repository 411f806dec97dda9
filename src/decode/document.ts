import type { EntryList } from './entry-list.js';
import type { ResourceKind } from './layout.js';

/** What a document is, recognised by its content. */
export type DocumentForm =
  | 'config_dump'
  | 'clusters'
  | 'listeners'
  | 'istioctl-listeners'
  | 'istioctl-clusters'
  | 'istioctl-routes'
  | 'istioctl-endpoints'
  | 'istioctl-secrets'
  | 'istioctl-bootstrap'
  | 'csds'
  | 'ztunnel';

/** Where a document was cut or stopped being JSON. */
export interface Break {
  readonly offset: number;
  readonly message: string;
  /** The section being read then. */
  readonly kind: ResourceKind | null;
}

/** A document's entries: one proxy's configuration, or part of it. */
export interface DecodedDocument {
  /** Name of the source document; `name#2` for the second value in one file. */
  readonly name: string;
  readonly folder: string;
  /** The proxy's name, `pod.namespace` where it is Istio's, where the place of the document says so. */
  readonly proxyHint: string | null;
  /** The command that fetched it, where istioctl did. */
  readonly command: string | null;
  readonly form: DocumentForm;
  /** Bytes of the source document, unpacked. */
  readonly size: number;
  /** Resource kinds that the document has a section for, empty or not. */
  readonly kinds: ReadonlySet<ResourceKind>;
  /** Those of which it holds some only: a list that was filtered, a single entry. Others may exist all the same. */
  readonly partial: ReadonlySet<ResourceKind>;
  /** Its lists of entries, in its order. */
  readonly lists: readonly EntryList[];
  /** `version_info` of the sections that have one of their own: the version of clusters (CDS) and listeners (LDS). */
  readonly versions: ReadonlyMap<ResourceKind, string>;
  /** The `node` message of a CSDS client; null elsewhere (a dump has it in its bootstrap). */
  readonly node: unknown;
  /** Set where the document is not whole; what stands in `lists` came before. */
  readonly broken: Break | null;
  /** What a reader should know: bytes passed over before or after the JSON. */
  readonly notes: readonly string[];
}
