import type { Resource } from '../model/resource.js';
import type { View } from '../model/view.js';

/** One route table and the resource that holds it: its own, or a listener for inline tables. */
export interface TableSubject {
  readonly resource: Resource;
  readonly table: View;
}

export interface VirtualHostSubject extends TableSubject {
  readonly virtualHost: View;
}

export interface RouteSubject extends VirtualHostSubject {
  readonly route: View;
  /** Position in the virtual host, from 0. */
  readonly index: number;
}

/** One filter chain of a listener. */
export interface ChainSubject {
  readonly listener: Resource;
  readonly chain: View;
}
