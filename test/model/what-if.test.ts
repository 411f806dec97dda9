import { describe, expect, it } from 'vitest';
import { applyChanges, changeOfPatch, changeOfSetting } from '../../src/model/what-if.js';

const documents = [
  { name: 'pod/config_dump.json', value: { configs: [{ timeout: '1s' }] } },
  { name: 'pod/clusters.json', value: { cluster_statuses: [] } },
];

describe('applyChanges', () => {
  it('gives a change to the only document that it fits', () => {
    const { documents: changed, notes } = applyChanges(documents, [
      changeOfSetting('/configs/0/timeout=5s'),
      changeOfPatch([{ op: 'add', path: '/configs/-', value: {} }], 'fix.yaml', null),
    ]);
    expect(changed).toEqual([{ name: 'pod/config_dump.json', value: { configs: [{ timeout: '5s' }, {}] } }]);
    expect(notes).toEqual([
      'pod/config_dump.json is changed: /configs/0/timeout is "5s"',
      'pod/config_dump.json is changed: by JSON Patch fix.yaml',
    ]);
  });

  it.each([
    ['config_dump.json#/configs/0/weight=3', { configs: [{ timeout: '1s', weight: 3 }] }],
    ['pod/config_dump.json#/configs=[]', { configs: [] }],
    ['config_dump.json#/configs/0/host=a=b', { configs: [{ timeout: '1s', host: 'a=b' }] }],
  ])('sets %s', (setting, value) => {
    expect(applyChanges(documents, [changeOfSetting(setting)]).documents).toEqual([
      { name: 'pod/config_dump.json', value },
    ]);
  });

  it('merges a mapping into the document that is named', () => {
    const change = changeOfPatch({ configs: null }, 'merge.json', 'config_dump.json');
    expect(applyChanges(documents, [change]).documents).toEqual([{ name: 'pod/config_dump.json', value: {} }]);
  });

  it.each([
    ['/x=1', 'it fits several documents: pod/config_dump.json, pod/clusters.json. Name one before a #'],
    [
      '/configs/7/x=1',
      'it fits none of 2 documents; pod/config_dump.json: operation 1 (add /configs/7/x): the list has no place 7: it has 1 here',
    ],
    ['config_dump.json#/configs/7/x=1', /^pod\/config_dump\.json: operation 1 \(add/],
    ['other.json#/x=1', 'no document is called other.json'],
    ['timeout=1', 'timeout=1 is not pointer=value'],
    ['/timeout', '/timeout is not pointer=value'],
  ])('refuses %s', (setting, message) => {
    expect(() => applyChanges(documents, [changeOfSetting(setting)])).toThrow(message);
  });

  it.each([[7], ['text'], [null]])('refuses the patch %j', patch => {
    expect(() => changeOfPatch(patch, 'fix.json', null)).toThrow('fix.json is no patch');
  });
});
