import { nearest } from './explanations/near.js';

const MOST = 3;

/**
 * Hosts that may have been meant: the same service in another namespace first, then names a few letters away.
 *
 * @param wanted a host of which nothing is known
 * @param known all hosts there are
 */
export function nearHosts(wanted: string, known: Iterable<string>): string[] {
  const hosts = [...known];
  const label = firstLabel(wanted);
  const sameName = hosts.filter(host => firstLabel(host) === label && host !== wanted);
  const sameRest = hosts.filter(host => afterFirst(host) === afterFirst(wanted));
  const alike = nearest(label, [...new Set(sameRest.map(firstLabel))]).flatMap(name =>
    sameRest.filter(host => firstLabel(host) === name),
  );
  const external = wanted.includes('.svc.') ? [] : nearest(wanted, hosts);
  return [...new Set([...sameName, ...alike, ...external])].filter(host => host !== wanted).slice(0, MOST);
}

function firstLabel(host: string): string {
  return host.split('.')[0] ?? host;
}

function afterFirst(host: string): string {
  return host.slice(firstLabel(host).length);
}
