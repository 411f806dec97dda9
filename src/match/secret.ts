const SECRET = /authorization|cookie|credential|password|secret|token|jwt|api-?key|session/i;

/** Whether a header, query parameter or cookie of this name is likely to carry a secret, so that its value is never printed. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}
