const ELLIPSIS = '…';

/** `pod.namespace` in at most `room` columns: cut in the middle, so that the start, the pod's own five letters and the namespace stay. */
export function shortName(name: string, room: number): string {
  if (name.length <= room) return name;
  const tail = /(-[a-z0-9]{5})?\.[^.]*$/.exec(name)?.[0] ?? name.slice(-Math.floor(room / 2));
  const head = room - tail.length - ELLIPSIS.length;
  return head > 0 ? name.slice(0, head) + ELLIPSIS + tail : name.slice(0, room - ELLIPSIS.length) + ELLIPSIS;
}

/** Names of istiods without the part, up to a hyphen, that all of them begin with. */
export function shortIstiods(names: readonly string[]): string[] {
  const [first, ...others] = new Set(names.filter(name => name !== ''));
  if (first === undefined || others.length === 0) return [...names];
  let same = 0;
  while (same < first.length && others.every(name => name[same] === first[same])) same++;
  const cut = first.lastIndexOf('-', same) + 1;
  return names.map(name => (cut === 0 || name === '' ? name : ELLIPSIS + name.slice(cut)));
}
