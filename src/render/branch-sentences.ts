/** Each branch of a verdict's sentence by itself: `90%: …`, `10%: …`; in Chinese too. */
export function branchSentences(sentence: string): string[] {
  return sentence.split(/(?: |(?<=；))(?=\d+(?:\.\d+)?%(?:[:：]| to ))/);
}
