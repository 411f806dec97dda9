import type { ResolvedRequest } from './request.js';

/**
 * What each request has of its own: its id and its path, as it was sent and as it goes on. Requests that differ in nothing else are decided
 * alike by every hop that looks at neither; whether one did is noted here.
 */
export class Own {
  /** Whether somebody looked at it or changed it since this was last set to false. */
  isSeen = false;

  constructor(
    private readonly sentId: string,
    private readonly sentPath: string,
    private normalized = sentPath,
    private rewritten: string | null = null,
  ) {}

  get id(): string {
    this.isSeen = true;
    return this.sentId;
  }

  get path(): string {
    this.isSeen = true;
    return this.sentPath;
  }

  /** The path after normalisation. */
  get normalizedPath(): string {
    this.isSeen = true;
    return this.normalized;
  }

  set normalizedPath(path: string) {
    this.isSeen = true;
    this.normalized = path;
  }

  /** The path that the upstream gets; null where it is not rewritten, which is nothing of the request's own. */
  get rewrittenPath(): string | null {
    if (this.rewritten !== null) this.isSeen = true;
    return this.rewritten;
  }

  set rewrittenPath(path: string | null) {
    if (path !== this.rewritten) this.isSeen = true;
    this.rewritten = path;
  }

  get isRewritten(): boolean {
    return this.rewritten !== null;
  }
}

/** A request whose id and path are looked at through {@link Own}. */
export class WatchedRequest implements ResolvedRequest {
  readonly direction: ResolvedRequest['direction'];
  readonly protocol: ResolvedRequest['protocol'];
  readonly tls: ResolvedRequest['tls'];
  readonly sni: ResolvedRequest['sni'];
  readonly alpn: ResolvedRequest['alpn'];
  readonly ip: ResolvedRequest['ip'];
  readonly port: ResolvedRequest['port'];
  readonly host: ResolvedRequest['host'];
  readonly method: ResolvedRequest['method'];
  readonly headers: ResolvedRequest['headers'];
  readonly claims: ResolvedRequest['claims'];
  readonly from: ResolvedRequest['from'];
  readonly random: ResolvedRequest['random'];

  constructor(
    private readonly plain: ResolvedRequest,
    private readonly own: Own,
  ) {
    this.direction = plain.direction;
    this.protocol = plain.protocol;
    this.tls = plain.tls;
    this.sni = plain.sni;
    this.alpn = plain.alpn;
    this.ip = plain.ip;
    this.port = plain.port;
    this.host = plain.host;
    this.method = plain.method;
    this.headers = plain.headers;
    this.claims = plain.claims;
    this.from = plain.from;
    this.random = plain.random;
  }

  get id(): string {
    return this.own.id;
  }

  get path(): string {
    return this.own.path;
  }

  /** The request as plain data, id and path included. */
  get whole(): ResolvedRequest {
    this.own.isSeen = true;
    return this.plain;
  }
}

/** The HTTP request as the hops change it on its way; its path is the request's own. */
export class HttpRequest {
  constructor(
    private readonly own: Own,
    public host: string,
    readonly headers: Map<string, string>,
  ) {}

  /** `:path` after normalisation, with its query string. */
  get path(): string {
    return this.own.normalizedPath;
  }

  set path(path: string) {
    this.own.normalizedPath = path;
  }
}

/** What the upstream gets in the place of what came; null where it gets the same. The path is the request's own. */
export class Rewrite {
  constructor(
    private readonly own: Own,
    public host: string | null = null,
  ) {}

  get path(): string | null {
    return this.own.rewrittenPath;
  }

  set path(path: string | null) {
    this.own.rewrittenPath = path;
  }
}
