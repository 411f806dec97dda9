/** A remedy for reading, and its commands for copying. */
export interface RemedyParts {
  readonly prose: string;
  readonly commands: readonly string[];
}

const COMMAND = /`((?:kubectl|istioctl|mesh-trace|curl|openssl) [^`]*)`/g;
/** Brackets that hold nothing but commands. */
const ASIDE = / \((?:`[^`]*`(?:[;,] )?)+\)/g;

/** Takes the commands out of a remedy, so that each can stand on a line of its own: one that a line breaks cannot be copied. */
export function remedyParts(remedy: string): RemedyParts {
  const commands = [...remedy.matchAll(COMMAND)].map(([, command = '']) => command);
  return { prose: remedy.replace(ASIDE, ''), commands: [...new Set(commands)] };
}
