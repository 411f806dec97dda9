import type { LogTexts } from './logs-texts.js';

const UNSEEN = 'the request had something that the log does not show, such as a header';

export const LOGS_EN: LogTexts = {
  summary: ({ lines, failing, groups, otherLines }) =>
    [
      `${count(lines, 'line')} read`,
      `${failing} of failed requests (${count(groups.length, 'case')})`,
      ...(otherLines === 0 ? [] : [`${otherLines} not of an access log`]),
    ].join(', '),
  noFailures: 'No line tells of a failure. --all looks at every line.',
  unplaced: lines =>
    `${count(lines, 'line')} could not be traced: nothing tells the proxy, or where the request went. --proxy names the proxy.`,
  untraced: lines =>
    `${count(lines, 'line')} of further different requests were counted and not traced; --max-cases raises the bound.`,
  lines: (lines, requests) => `${count(lines, 'line')}${requests === 1 ? '' : `, ${requests} different requests`}`,
  agreements: {
    agrees: 'The configuration explains it.',
    changed: 'This configuration does otherwise:',
    upstream:
      'The configuration forwards such a request: the fault is at the other side, or on the way there. Look at that side’s log and its application.',
    client: 'The configuration forwards such a request: the client went away, or broke the protocol.',
    'run-time':
      'The configuration forwards such a request: Envoy decided by what it knew at that moment, such as limits, load or health.',
    differs: 'Both end the request, each in its own way:',
    undetermined: 'The configuration at hand does not decide it.',
  },
  share: share => `It does so for ${share} of such requests.`,
  otherCluster: cluster => `The line went to ${cluster}, which such a request does not reach now.`,
  otherwise: {
    newer: time =>
      `it changed after the last of these lines (last updated at ${time}), is not this proxy’s, or ${UNSEEN}.`,
    older: time =>
      `nothing in it was updated after these lines (the last at ${time}), so that the dump was taken before they were logged, the log is another proxy’s, or ${UNSEEN}.`,
    unknown: `it changed after the line was logged, is not the one that the proxy had then, or ${UNSEEN}.`,
  },
  limits: limits => `The limit for such a request: ${limits}.`,
  noLimit: fields =>
    `Such a request has no ${fields.join(' and no ')} here, so that Envoy does not give up, unless a header of the request asks it to (x-envoy-upstream-rq-timeout-ms).`,
  took: durations => `Logged duration: ${durations}.`,
  traced: 'Trace',
  finding: 'Finding',
  means: 'Means',
  next: 'Next',
  traceIt: 'Trace it',
};

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
