import { extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { type Outcome, unsupported, unsupportedExtension } from '../ternary.js';

/**
 * The answer to an extension point (`matcher`, `custom`): its type decides, and configuration alone does not tell what
 * it does.
 */
export function extensionRule(kind: 'matcher' | 'principal'): (rule: View) => Outcome {
  return rule => {
    const result = unsupportedExtension(`the RBAC ${kind}`, extensionOf(rule));
    return { result, why: `${result.what} is not decided by configuration` };
  };
}

/** The answer to a permission or principal that sets none of the fields known today. */
export function unknownRule(kind: 'permission' | 'principal', view: View): Outcome {
  const what = `an RBAC ${kind} of an unknown kind (${Object.keys(view.value).join(', ') || 'empty'})`;
  return { result: unsupported(what), why: `it is ${what}` };
}
