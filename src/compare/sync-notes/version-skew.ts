import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { list, note, type Severity, type SyncNote } from './note.js';
import { type IstioVersion, istioVersion, minorsBehind } from './version.js';

/** A proxy against its own istiod, where the listing tells both versions, and a proxy whose version is not told. */
export function proxyVersionNotes(proxy: ListedProxy): SyncNote[] {
  if (proxy.version === null) return [unknownNote()];
  return [
    ...(proxy.versionGuessed ? [guessedNote(proxy.version)] : []),
    ...skewNotes(proxy.version, proxy.istiodVersion),
  ];
}

function unknownNote(): SyncNote {
  return note({
    code: 'version-unknown',
    severity: 'info',
    title: 'no version',
    text: 'The proxy does not tell its version: its bootstrap has no ISTIO_VERSION, as with very old or hand-made ones.',
  });
}

function guessedNote(version: string): SyncNote {
  return note({
    code: 'version-unknown',
    severity: 'info',
    title: `version ${version} is a guess`,
    text: 'istioctl marked the version with a star: istiod told only the proxy’s own version, which need not be Istio’s.',
  });
}

/** istio.io, Supported Releases: the control plane may be one version ahead of the data plane, the data plane never ahead. */
function skewNotes(proxy: string, istiod: string | null): SyncNote[] {
  const [own, other] = [istioVersion(proxy), istioVersion(istiod)];
  const behind = own === null || other === null ? null : minorsBehind(own, other);
  if (istiod === null || behind === null || behind === 0) return [];
  const title = `version ${proxy} under istiod ${istiod}`;
  if (behind < 0) {
    return [
      note({
        code: 'version-skew',
        severity: 'warning',
        title,
        text: 'The proxy is newer than its istiod. Istio does not support that.',
        remedy: 'Upgrade istiod first, or restart the pod under the revision that it belongs to.',
      }),
    ];
  }
  return [
    note({
      code: 'version-skew',
      severity: behind === 1 ? 'info' : 'warning',
      title,
      text:
        behind === 1
          ? 'The proxy is one minor version behind its istiod. Normal during an upgrade; Istio supports no more.'
          : `The proxy is ${behind} minor versions behind its istiod. Istio supports one.`,
      remedy: 'Restart the pod, so that it gets the sidecar of the new version.',
    }),
  ];
}

/** Several versions among the proxies of one listing. Two minor versions apart, one of them is out of any one istiod's range. */
export function meshVersionNotes(proxies: readonly ListedProxy[]): SyncNote[] {
  const counts = new Map<string, number>();
  for (const { version } of proxies) if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
  if (counts.size < 2) return [];
  const told = [...counts].sort(([a], [b]) => byVersion(a, b)).map(([version, count]) => `${version} (${count})`);
  const spread = minorSpread([...counts.keys()].map(istioVersion).filter(version => version !== null));
  return [
    note({
      code: 'version-skew',
      severity: severityOf(spread),
      title: `${counts.size} versions`,
      text:
        `The proxies run ${list(told)}. ${spread > 1 ? 'That is more than one istiod supports: it may be one minor version ahead of its proxies' : 'Normal during an upgrade'}` +
        '; proxies of different versions talk to each other all the same.',
      remedy: 'Restart the pods with the older version when the upgrade is to be finished.',
    }),
  ];
}

function severityOf(spread: number): Severity {
  return spread > 1 ? 'warning' : 'info';
}

function minorSpread(versions: readonly IstioVersion[]): number {
  const all = versions.map(({ major, minor }) => major * 1000 + minor);
  return all.length === 0 ? 0 : Math.max(...all) - Math.min(...all);
}

function byVersion(a: string, b: string): number {
  const [left, right] = [istioVersion(a), istioVersion(b)];
  const order =
    left === null || right === null
      ? 0
      : left.major - right.major || left.minor - right.minor || left.patch - right.patch;
  return order || (a < b ? -1 : 1);
}
