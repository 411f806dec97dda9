import { REDACTED } from '../model/redact/removal.js';
import { asciiLower } from './ascii.js';
import { compileRegex, type Dialect, PatternError } from './regex.js';
import { needsInput, type Outcome, type Unknown, unsupported } from './ternary.js';

/** One test of a string, with both its answers in words: `is exactly "jason"`, `is not exactly "jason"`. */
export interface StringTest {
  readonly holds: (value: string) => boolean;
  readonly positive: string;
  readonly negative: string;
}

/** Whose value is tested, and whether it may be printed. */
export interface Subject {
  /** Such as `header end-user`. */
  readonly name: string;
  readonly isSecret: boolean;
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

export const exactly: Literal = literal('is exactly', 'is not exactly', (value, wanted) => value === wanted);

export const beginsWith: Literal = literal('begins with', 'does not begin with', (value, wanted) =>
  value.startsWith(wanted),
);

export const endsWith: Literal = literal('ends with', 'does not end with', (value, wanted) => value.endsWith(wanted));

export const containing: Literal = literal('contains', 'does not contain', (value, wanted) => value.includes(wanted));

function literal(positive: string, negative: string, holds: (value: string, wanted: string) => boolean): Literal {
  return (pattern, ignoreCase = false) => {
    if (pattern.includes(REDACTED)) return GONE;
    const wanted = folded(pattern, ignoreCase);
    return {
      holds: value => holds(folded(value, ignoreCase), wanted),
      positive: `${positive} ${quote(pattern)}`,
      negative: `${negative} ${quote(pattern)}`,
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
    };
  } catch (error) {
    if (error instanceof PatternError) return refused(error);
    throw error;
  }
}

/** A pattern that cannot be evaluated, as an unknown answer. */
function refused({ pattern, reason }: PatternError): Unknown {
  return unsupported(`regex ${pattern} is not RE2: ${reason}`);
}

/** Tests a value and says why: `header end-user is "bob", not exactly "jason"`. */
export function testString(test: StringTest | Unknown, value: string, subject?: Subject): Outcome {
  if ('unknown' in test)
    return { result: test, why: subject === undefined ? test.what : `${subject.name}: ${test.what}` };
  const result = test.holds(value);
  const answer = result ? test.positive : test.negative;
  if (subject === undefined) return { result, why: `${quote(value)} ${answer}` };
  // An exact pattern is a value itself, as secret as the one that it is compared with.
  const said = subject.isSecret ? answer.replace(/(exactly) ".*"$/s, '$1 (hidden)') : answer;
  if (result) return { result, why: `${subject.name} ${said}` };
  const shown = subject.isSecret ? '(hidden)' : quote(value);
  return { result, why: `${subject.name} is ${shown}, ${said.startsWith('is ') ? said.slice(3) : `which ${said}`}` };
}

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? asciiLower(text) : text;
}
