import { findingsList, renderFindingsList } from '../../render/findings-list.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { hasColour, type Io } from '../io.js';

export interface ListOptions {
  output: 'table' | 'json' | 'yaml';
}

/** `mesh-trace list findings`: all codes with severity and title. */
export async function listCommand({ output }: ListOptions, io: Io): Promise<ExitCode> {
  const list = findingsList();
  const paint = hasColour(io.stdout, io.env) ? coloured : plain;
  if (output === 'json') io.stdout.write(toJson(list));
  else if (output === 'yaml') io.stdout.write(await toYaml(list));
  else io.stdout.write(renderFindingsList(list, { width: io.stdout.columns, paint }));
  return EXIT.ok;
}
