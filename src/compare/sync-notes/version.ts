export interface IstioVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** `1.16.1-solo`, `maistra-1.1.0` and `1.20` name a version; `master-2024-06-02T19-03-25` does not. */
export function istioVersion(text: string | null): IstioVersion | null {
  const match = /(?:^|[-_v])(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
  if (match === null) return null;
  const [, major, minor, patch] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0) };
}

/** Whether a version is this one or a later one; false where it is not known. */
export function atLeast(version: IstioVersion | null, major: number, minor: number): boolean {
  return version !== null && (version.major > major || (version.major === major && version.minor >= minor));
}

/** How many minor releases one version is behind another; negative where it is ahead, null across major versions. */
export function minorsBehind(version: IstioVersion, other: IstioVersion): number | null {
  return version.major === other.major ? other.minor - version.minor : null;
}
