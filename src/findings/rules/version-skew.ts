import { istioVersion } from '../../compare/sync-notes/version.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Draft } from '../finding.js';
import { podOf } from '../provenance.js';
import type { Rule } from '../rule.js';
import { list } from '../words.js';

interface Versioned {
  readonly proxy: ProxyConfig;
  readonly version: string;
  readonly minor: number;
}

/**
 * Proxies of one mesh more than one minor version apart: no istiod supports both. One version apart is the state during an upgrade.
 * https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew
 */
export const versionSkew: Rule = {
  code: 'version-skew',
  snapshot: ({ snapshot }) => {
    const known = snapshot.proxies.flatMap(versioned);
    const newest = known.reduce<Versioned | null>(
      (best, item) => (best === null || item.minor > best.minor ? item : best),
      null,
    );
    if (newest === null) return [];
    const oldest = known.filter(({ minor }) => minor < newest.minor);
    return oldest.length === 0 ? [] : [draftOf(newest, oldest)];
  },
};

function versioned(proxy: ProxyConfig): Versioned[] {
  const version = istioVersion(proxy.node?.istioVersion ?? null);
  return version === null
    ? []
    : [{ proxy, version: proxy.node?.istioVersion ?? '', minor: version.major * 1000 + version.minor }];
}

function draftOf(newest: Versioned, behind: readonly Versioned[]): Draft {
  const oldest = behind.reduce((a, b) => (b.minor < a.minor ? b : a));
  const isTooFar = newest.minor - oldest.minor > 1;
  const names = behind.map(({ proxy, version }) => `${proxy.name} (${version})`);
  const bootstrap = oldest.proxy.active('bootstrap')[0];
  return {
    severity: isTooFar ? 'warning' : 'info',
    resource: podOf(oldest.proxy),
    evidence:
      bootstrap === undefined
        ? []
        : [{ document: bootstrap.document, pointer: `${bootstrap.pointer}/node`, kind: 'bootstrap', name: null }],
    why: `${newest.proxy.name} runs Istio ${newest.version}, and older than that are ${list(names)}. ${isTooFar ? 'An istiod supports proxies of its own minor version and the one before: one of them is out of its range' : 'One minor version apart is normal during an upgrade'}.`,
    remedy:
      'Restart the pods with the older version, so that they get the new sidecar (`kubectl rollout restart deployment NAME -n NAMESPACE`), and see that it is the control plane’s version (`istioctl version`).',
  };
}
