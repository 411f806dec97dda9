import type { Extension } from '../model/extension.js';

/** Why a matcher could not be decided from configuration and request alone. */
export interface Unknown {
  /** `needs-input`: the request does not say; `unsupported`: an extension that configuration alone does not decide. */
  readonly unknown: 'needs-input' | 'unsupported';
  /** What is missing, for people: `the source principal (from.principal)`, `matcher type envoy.matching.x`. */
  readonly what: string;
}

/** Three-valued truth: Envoy's answer, or why it is not known. */
export type Ternary = boolean | Unknown;

/** A matcher's answer with the reason for it, a clause without subject or full stop: `header end-user is absent`. */
export interface Outcome {
  readonly result: Ternary;
  readonly why: string;
}

/** Whether an answer is neither true nor false. */
export function isUnknown(value: Ternary): value is Unknown {
  return typeof value === 'object';
}

/** The answer where a request field decides that nobody gave; `what` names it for people. */
export function needsInput(what: string): Unknown {
  return { unknown: 'needs-input', what };
}

/** The answer where configuration alone does not decide; `what` names for people what would. */
export function unsupported(what: string): Unknown {
  return { unknown: 'unsupported', what };
}

/** An extension that configuration alone does not decide, told by its type, or by its name where it has none. */
export function unsupportedExtension(what: string, { type, name }: Pick<Extension, 'type' | 'name'>): Unknown {
  return unsupported(`${what} ${type ?? name ?? 'without a type'}`);
}

/** Kleene's and: false wins over unknown, unknown over true. Stops at the first false. */
export function allOf<T>(items: Iterable<T>, test: (item: T) => Ternary): Ternary {
  let unknown: Unknown | undefined;
  for (const item of items) {
    const result = test(item);
    if (result === false) return false;
    if (isUnknown(result)) unknown ??= result;
  }
  return unknown ?? true;
}

/** Kleene's or: true wins over unknown, unknown over false. Stops at the first true. */
export function anyOf<T>(items: Iterable<T>, test: (item: T) => Ternary): Ternary {
  let unknown: Unknown | undefined;
  for (const item of items) {
    const result = test(item);
    if (result === true) return true;
    if (isUnknown(result)) unknown ??= result;
  }
  return unknown ?? false;
}

/** Kleene's not: what is unknown stays so. */
export function not(value: Ternary): Ternary {
  return isUnknown(value) ? value : !value;
}
