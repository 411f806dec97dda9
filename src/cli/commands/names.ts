import { nearest } from '../../findings/explanations/near.js';

/** The commands beside the trace itself, in the order in which --help lists them. */
export const COMMAND_NAMES = [
  'check',
  'diff',
  'explain',
  'list',
  'capture',
  'status',
  'runbook',
  'logs',
  'test',
  'record',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

/** The command that somebody meant whose word was taken for the name of a proxy; null where it is like none. */
export function commandLike(word: string): string | null {
  const [near] = nearest(word, COMMAND_NAMES);
  return near !== undefined && Math.abs(word.length - near.length) <= 1 ? near : null;
}
