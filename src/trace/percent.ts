/** A share (0 to 1) for people: `90%`, `12.5%`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
