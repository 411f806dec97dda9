/** Lower-cases the ASCII letters only, as Envoy does wherever it ignores case. */
export function asciiLower(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, letters => letters.toLowerCase()) : text;
}
