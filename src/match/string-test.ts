import { REDACTED } from '../model/redact/removal.js';
import { isOnlyScheme, isSecretName } from '../model/redact/secret-header.js';
import { asciiLower } from './ascii.js';
import { knownParts, PARTLY, unknownIn } from './partial-text.js';
import { compileRegex, type Dialect, PatternError } from './regex.js';
import { isUnknown, needsInput, type Outcome, type Ternary, type Unknown, unsupported } from './ternary.js';

/** One test of a string, with both its answers in words: `is exactly "jason"`, `is not exactly "jason"`. */
export interface StringTest {
  readonly holds: (value: string) => boolean;
  /** The answer for a text with gaps, by what is known of it; null, as where there is no such test, where the gaps decide. */
  readonly partly?: (known: readonly string[]) => boolean | null;
  readonly positive: string;
  readonly negative: string;
  /** The answers without the pattern: as secret as the value that it is compared with. Absent where it tells nothing of one. */
  readonly hidden?: Answers;
  /** Whether the pattern is a whole value. */
  readonly isExact?: boolean;
}

type Answers = Pick<StringTest, 'positive' | 'negative'>;

/** Whose value is tested, and whether it may be printed. */
export interface Subject {
  /** Such as `header end-user`. */
  readonly name: string;
  readonly isSecret: boolean;
  /** Whether only exact patterns are hidden: people route by a part of their cookies. */
  readonly showsPatterns: boolean;
}

/** The subject of a name with its kind before it: `header end-user`, `query parameter v`, `cookie user`. */
export function subjectOf(name: string): Subject {
  return { name, isSecret: isSecretName(name), showsPatterns: /^(?:header )?cookie(?: |$)/.test(name) };
}

const LONGEST_QUOTE = 200;

/** Nobody can say what a value was compared with once mesh-trace capture took it out. */
const GONE = needsInput('what it is compared with, which was redacted when the configuration was captured');

/** A text in double quotes with control characters escaped, cut where it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}

/** A literal pattern compared with a value, both folded where case does not count; unknown where capture took the pattern out. */
type Literal = (pattern: string, ignoreCase?: boolean) => StringTest | Unknown;

/** `exact` of a StringMatcher. */
export const exactly: Literal = literal('is exactly', 'is not exactly', {
  holds: (value, wanted) => value === wanted,
  partly: PARTLY.exactly,
  isExact: true,
});

/** `prefix`. */
export const beginsWith: Literal = literal('begins with', 'does not begin with', {
  holds: (value, wanted) => value.startsWith(wanted),
  partly: PARTLY.beginsWith,
});

/** `suffix`. */
export const endsWith: Literal = literal('ends with', 'does not end with', {
  holds: (value, wanted) => value.endsWith(wanted),
  partly: PARTLY.endsWith,
});

/** `contains`. */
export const containing: Literal = literal('contains', 'does not contain', {
  holds: (value, wanted) => value.includes(wanted),
  partly: PARTLY.containing,
});

/** A comparison of whole texts, and of texts with gaps. */
interface Comparison {
  readonly holds: (value: string, wanted: string) => boolean;
  readonly partly: (known: readonly string[], wanted: string) => boolean | null;
  readonly isExact?: boolean;
}

function literal(positive: string, negative: string, { holds, partly, isExact = false }: Comparison): Literal {
  return (pattern, ignoreCase = false) => {
    if (pattern.includes(REDACTED)) return GONE;
    const wanted = folded(pattern, ignoreCase);
    return {
      holds: value => holds(folded(value, ignoreCase), wanted),
      partly: known =>
        partly(
          known.map(part => folded(part, ignoreCase)),
          wanted,
        ),
      positive: `${positive} ${quote(pattern)}`,
      negative: `${negative} ${quote(pattern)}`,
      isExact,
      ...(isExact || !isOnlyScheme(pattern) ? hiding(positive, negative) : {}),
    };
  };
}

/** A full match of a pattern; unknown where Envoy would refuse the pattern or RE2 does not have its meaning. */
export function matchingRegex(pattern: string, dialect: Dialect = 're2'): StringTest | Unknown {
  if (pattern.includes(REDACTED)) return GONE;
  try {
    const regex = compileRegex(pattern, dialect);
    return {
      holds: regex.full,
      positive: `matches the regex ${pattern}`,
      negative: `does not match the regex ${pattern}`,
      ...(isOnlyScheme(pattern) ? {} : hiding('matches the regex', 'does not match the regex')),
    };
  } catch (error) {
    if (error instanceof PatternError) return refused(error);
    throw error;
  }
}

function hiding(positive: string, negative: string): Pick<StringTest, 'hidden'> {
  return { hidden: { positive: `${positive} (hidden)`, negative: `${negative} (hidden)` } };
}

/** A pattern that cannot be evaluated, as an unknown answer. */
function refused({ pattern, reason }: PatternError): Unknown {
  return unsupported(`regex ${pattern} is not RE2: ${reason}`);
}

/** Tests a value and says why: `header end-user is "bob", not exactly "jason"`. */
export function testString(test: StringTest | Unknown, value: string, subject?: Subject): Outcome {
  if ('unknown' in test)
    return { result: test, why: subject === undefined ? test.what : `${subject.name}: ${test.what}` };
  const result = resultOf(test, value);
  if (isUnknown(result)) return { result, why: `${subject?.name ?? 'the value'} depends on ${result.what}` };
  if (subject === undefined) return { result, why: `${quote(value)} ${answerOf(test, result)}` };
  const isHidden = subject.isSecret && (test.isExact === true || !subject.showsPatterns);
  const said = answerOf((isHidden ? test.hidden : undefined) ?? test, result);
  if (result) return { result, why: `${subject.name} ${said}` };
  const shown = subject.isSecret ? '(hidden)' : quote(value);
  return { result, why: `${subject.name} is ${shown}, ${said.startsWith('is ') ? said.slice(3) : `which ${said}`}` };
}

function answerOf({ positive, negative }: Answers, result: boolean): string {
  return result ? positive : negative;
}

function resultOf(test: StringTest, value: string): Ternary {
  const unknown = unknownIn(value);
  return unknown === null ? test.holds(value) : (test.partly?.(knownParts(value)) ?? unknown);
}

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? asciiLower(text) : text;
}
