import { UsageError } from '../fail.js';
import { commandLike } from './names.js';

/** Why a trace takes no more than one argument, and what was perhaps meant. */
export function tooManyArguments(args: readonly string[]): UsageError {
  const command = commandLike(args[0] ?? '');
  const meant = command === null ? '' : ` Or did you mean mesh-trace ${command}?`;
  const hint = `A trace takes one proxy; where the request goes stands behind --to.${meant}`;
  return new UsageError(`too many arguments: ${args.join(' ')}`, hint);
}
