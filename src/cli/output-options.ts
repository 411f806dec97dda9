import { Option } from 'commander';

/** `--lang`; `group` is its heading in the help, where a command's options have headings. */
export function languageOption(group?: string): Option {
  return under(group, new Option('--lang <language>', 'language of the prose').choices(['en', 'zh']).default('en'));
}

/** `-q`, as {@link languageOption}. */
export function quietOption(group?: string): Option {
  return under(group, new Option('-q, --quiet', 'no progress and no warnings'));
}

/** `--debug`, as {@link languageOption}. */
export function debugOption(group?: string): Option {
  return under(group, new Option('--debug', 'stack traces for errors'));
}

function under(group: string | undefined, option: Option): Option {
  return group === undefined ? option : option.helpGroup(group);
}
