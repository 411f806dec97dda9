import { describe, expect, it } from 'vitest';
import { shellLines } from '../../src/render/shell-lines.js';

describe('a command over several lines', () => {
  it('stays on one line where it fits', () => {
    expect(shellLines('istioctl proxy-status', '  ', 80)).toEqual(['  $ istioctl proxy-status']);
  });

  it('breaks between words, each line but the last ending in a backslash', () => {
    const lines = shellLines(
      "istioctl proxy-config endpoints a.default --cluster 'outbound|8888|v1|a b' -o json",
      '  ',
      40,
    );
    expect(lines).toEqual([
      '  $ istioctl proxy-config endpoints \\',
      '      a.default \\',
      "      --cluster 'outbound|8888|v1|a b' \\",
      '      -o json',
    ]);
  });

  it.each([
    ['kubectl edit destinationrule reviews -n default', ['kubectl edit destinationrule reviews', '-n default']],
    ['kubectl logs reviews-v1 --tail=100 | grep NACK', ['kubectl logs reviews-v1 --tail=100', '| grep NACK']],
    [
      'kubectl create secret NAME -o yaml | kubectl apply -f -',
      ['kubectl create secret NAME -o yaml', '| kubectl apply -f -'],
    ],
    ['istioctl proxy-config all a.b -o json > dump.json', ['istioctl proxy-config all a.b -o json', '> dump.json']],
    ['kubectl get pods --show-labels -A', ['kubectl get pods --show-labels -A']],
  ])('does not part an option and its value, or a pipe and its command: %s', (command, lines) => {
    expect(shellLines(command, '', 42).map(line => line.replace(/^\$ /, '').replace(/ \\$/, '').trim())).toEqual(lines);
  });

  it('parts an option from a value for which a line has no room beside it', () => {
    expect(shellLines(`a --cluster ${'x'.repeat(15)}`, '', 20)).toEqual(['$ a --cluster \\', `    ${'x'.repeat(15)}`]);
  });

  it('keeps a word that is too long whole', () => {
    expect(shellLines(`cat ${'x'.repeat(50)} y`, '', 20)).toEqual(['$ cat \\', `    ${'x'.repeat(50)} \\`, '    y']);
  });

  it.each([
    ["echo 'a'\\''b c' d", ["'a'\\''b c'", 'd']],
    ["echo --set '/a b=1' x", ['--set', "'/a b=1'", 'x']],
    ['echo -H "a: \\"b c\\"" x', ['-H', '"a: \\"b c\\""', 'x']],
  ])('does not break inside %s', (command, words) => {
    const lines = shellLines(command, '', 5);
    expect(lines.slice(1).map(line => line.replace(/ \\$/, '').trim())).toEqual(words);
  });
});
