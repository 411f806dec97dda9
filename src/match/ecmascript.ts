/** Constructs of `std::regex` ECMAScript patterns that RE2 refuses or reads as something else, with their names for people. */
const FOREIGN: readonly [construct: RegExp, name: string][] = [
  [/^\(\?[=!]/, 'lookahead'],
  [/^\\[1-9]/, 'a backreference'],
  [/^\(\?[^:]/, 'a group that ECMAScript does not have'],
  [/^\\[uc]/, 'a character escape'],
  [/^\\[AazQEpPC]/, 'an escape that ECMAScript does not have'],
  [/^\[\^?\]/, 'an empty character class'],
];

/**
 * Names the first construct that keeps an ECMAScript pattern from running on RE2 with the same meaning; undefined when there is none.
 * Envoy's `regex` fields of API v2 (api/v2/route/route_components.proto) are `std::regex` ECMAScript patterns.
 */
export function ecmascriptOnly(pattern: string): string | undefined {
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const rest = pattern.slice(index, index + 4);
    const foreign = FOREIGN.find(([construct]) => construct.test(rest));
    if (foreign !== undefined && (!inClass || rest.startsWith('\\'))) return foreign[1];
    if (rest.startsWith('\\')) index++;
    else if (inClass && rest.startsWith('[:')) index = Math.max(index, pattern.indexOf(':]', index) + 1);
    else if (rest.startsWith('[')) inClass = true;
    else if (rest.startsWith(']')) inClass = false;
  }
  return undefined;
}
