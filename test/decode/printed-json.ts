import fc from 'fast-check';

/** JSON text as some printer may have written it, valid and no matter how odd. */
const space = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: fc.constantFrom(' ', '\n', '\n ', '\n  ', '\n    ', '\t', '\r\n') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 80 }) },
);

const text = fc.oneof(
  fc.constantFrom(
    '',
    'name',
    'cluster',
    '}',
    '{"',
    ']\n',
    '\\',
    '\\"',
    '\\\\',
    '"',
    'ключ',
    '\u{1f600}',
    '\ud800',
    '\u0000',
  ),
  fc.string(),
  fc.string({ unit: fc.constantFrom('\\', '"', '{', '}', 'x'), maxLength: 140 }),
  fc.string({ minLength: 60, maxLength: 300 }),
);

/** A string with some of its characters escaped that need not be. */
const printedText = fc.tuple(text, fc.boolean()).map(([value, escapes]) => {
  const json = JSON.stringify(value);
  return escapes ? json.replace(/[a-e/]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
});

const scalar = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '0', '-1.5e+3', '1E400', '12345678901234567890'),
  fc.integer().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(value => JSON.stringify(value)),
);

/** Objects may say a key twice: the last one counts. */
function printedObject(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const member = fc
    .tuple(space, key, space, space, value, space)
    .map(([a, name, b, c, item, d]) => `${a}${name}${b}:${c}${item}${d}`);
  return fc.tuple(fc.array(member, { maxLength: 6 }), space).map(([members, gap]) => `{${members.join(',') || gap}}`);
}

export function printedList(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const item = fc.tuple(space, value, space).map(parts => parts.join(''));
  return fc.tuple(fc.array(item, { maxLength: 6 }), space).map(([items, gap]) => `[${items.join(',') || gap}]`);
}

const { value } = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'json' },
    scalar,
    printedText,
    printedObject(printedText, tie('value')),
    printedList(tie('value')),
  ),
}));

/** Any JSON value, as text. */
export const printedJson = value;

export const anySpace = space;
