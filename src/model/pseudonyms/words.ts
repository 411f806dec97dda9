const RUN = /[A-Za-z0-9]+/g;
const CAMEL = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/**
 * The words of a text, each replaced: runs of letters and digits. What stands between them stays, and so do the dots of
 * hosts, the dashes of pods and the slashes of paths.
 */
export function replaceWords(text: string, replace: (word: string) => string): string {
  return text.replace(RUN, replace);
}

/** The words of a text, as they are written. */
export function wordsOf(text: string): string[] {
  return text.match(RUN) ?? [];
}

/** The parts of a word as `camelCase` parts it; the word alone where it does not. */
export function partsOf(word: string): string[] {
  return word.split(CAMEL);
}

/** A pseudonym, which has one letter more in front unless it is the word itself, in the case of the word that it replaces, letter by letter. */
export function inCaseOf(word: string, pseudonym: string): string {
  if (!/[A-Z]/.test(word)) return pseudonym;
  if (pseudonym.length === word.length) return word;
  const letters = [...pseudonym].map((letter, at) =>
    /[A-Z]/.test(word[Math.max(0, at - 1)] ?? '') ? letter.toUpperCase() : letter,
  );
  return letters.join('');
}
