/** The version of an istioctl: vendors append to it, so only the first two numbers count. */
export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** Reads `1.30.3`, `v1.20.3-asm.4`; null for builds without a number (`unknown`, `latest`). */
export function parseVersion(text: string): Version | null {
  const found = /^v?(\d+)\.(\d+)/.exec(text);
  return found === null ? null : { text, major: Number(found[1]), minor: Number(found[2]) };
}

/** Whether a version is the given one or later. */
export function atLeast(version: Version, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}
