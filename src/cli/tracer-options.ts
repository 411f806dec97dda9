import { type Command, Option } from 'commander';
import { moment } from './options.js';

/** Adds what holds for a command's traces beside the request: who asks, who receives, and when. */
export function addTracerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--from <workload>', 'the client by workload, service or pod; internet: the gateways').helpGroup(
        'Request:',
      ),
    )
    .addOption(
      new Option('--peer <proxy>', 'the receiving proxy, where the addresses do not tell').helpGroup('Request:'),
    )
    .addOption(
      new Option('--now <time>', 'reference time for expiry (default: the newest last_updated)')
        .argParser(moment)
        .helpGroup('Request:'),
    );
}
