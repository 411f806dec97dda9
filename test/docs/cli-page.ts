import type { Argument, Command, Option } from 'commander';

const INTRO = `# Command line

This page is made from the option table of the program; a test fails when it is not up to date (\`npm run docs\` writes it again).

    mesh-trace [proxy] --to host:port [-f dump]

Exit codes, of every command and in every output format:

| code | says |
|---|---|
| 0 | the request is forwarded, passed through, or answered below 400; nothing was found, nothing differs |
| 1 | any other end; something at or above \`--fail-on\`; a failed expectation; a difference |
| 2 | wrong usage, or a request of \`--requests\` that cannot be understood; nothing is known of any part of what \`explain\` is asked |
| 3 | nothing could be read, \`istioctl\` failed, or the answer could not be written |
| 4 | undetermined: the configuration at hand does not decide it |
| 130 | interrupted by Ctrl-C |

What is asked goes to standard output, all else to standard error. There are colours on a terminal only: \`NO_COLOR\` switches them off, \`FORCE_COLOR\` on.
\`ISTIOCTL\` names the istioctl to run. \`--help\` (\`-h\`) behind a command prints what stands here of it.`;

/** docs/cli.md: every command with its arguments and options. */
export function cliPage(program: Command): string {
  const all = [program, ...program.commands];
  return `${[INTRO, ...all.map(commandSection)].join('\n\n')}\n`;
}

/** The commands in one table, as the README shows them. */
export function commandTable(program: Command): string {
  const rows = program.commands.map(
    command => `| \`${program.name()} ${command.name()}\` | ${cell(sentence(command.description()))} |`,
  );
  return [
    '| command | what it does |',
    '|---|---|',
    `| \`${program.name()} [proxy] --to …\` | Trace a request hop by hop. |`,
    ...rows,
  ].join('\n');
}

function commandSection(command: Command): string {
  const name = command.parent === null ? command.name() : `${command.parent.name()} ${command.name()}`;
  const aliases = command.aliases().map(alias => `Also: \`${alias}\`.`);
  const usage = `    ${name} ${command.usage()}`;
  return [
    `## ${name}`,
    sentence(command.description()),
    ...aliases,
    usage,
    ...argumentTable(command.registeredArguments),
    ...optionTables(command.options),
  ].join('\n\n');
}

function argumentTable(items: readonly Argument[]): string[] {
  if (items.length === 0) return [];
  return [
    table(
      'Argument',
      items.map(item => [label(item), describe(item)]),
    ),
  ];
}

function label(item: Argument): string {
  const name = item.variadic ? `${item.name()}...` : item.name();
  return item.required ? `<${name}>` : `[${name}]`;
}

/** One table a group, in the order in which the groups are declared; the limits last. */
function optionTables(options: readonly Option[]): string[] {
  const groups = new Map<string, Option[]>();
  for (const option of options) {
    const group = option.helpGroupHeading?.replace(/:$/, '') ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  const ordered = [...groups].sort(([a], [b]) => Number(a === 'Limits') - Number(b === 'Limits'));
  return ordered.map(([group, members]) =>
    table(
      group,
      members.map(option => [option.flags, describe(option)]),
    ),
  );
}

function describe({ description, argChoices, defaultValue }: Argument | Option): string {
  const choices = argChoices === undefined ? [] : [`One of ${argChoices.map(code).join(', ')}.`];
  const fallback = defaultValue === undefined ? [] : [`Default: ${code(String(defaultValue))}.`];
  return [sentence(description), ...choices, ...fallback].join(' ');
}

function table(heading: string, rows: readonly (readonly string[])[]): string {
  const body = rows.map(([flags = '', text = '']) => `| ${code(flags)} | ${cell(text)} |`);
  return [`| ${heading} | |`, '|---|---|', ...body].join('\n');
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(start) ? start : `${start}.`;
}
