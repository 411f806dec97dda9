/** What can be told; null where that fails: whatever goes wrong goes wrong in the first thread as well, which says what it is. */
export function orNull<T>(tell: () => T | null): T | null {
  try {
    return tell();
  } catch {
    return null;
  }
}
