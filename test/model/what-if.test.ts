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
    ['/cluster_statuses/0/x=1', /^it fits none of 2 documents; pod\/clusters\.json: operation 1/],
    ['/nonsense/0/x=1', /^it fits none of 2 documents; pod\/config_dump\.json: operation 1/],
    ['config_dump.json#/configs/7/x=1', /^pod\/config_dump\.json: operation 1 \(add/],
    ['other.json#/x=1', 'no document is called other.json'],
    ['timeout=1', 'timeout=1 is not pointer=value'],
    ['/timeout', '/timeout is not pointer=value'],
  ])('refuses %s', (setting, message) => {
    expect(() => applyChanges(documents, [changeOfSetting(setting)])).toThrow(message);
  });

  describe('of a packed file', () => {
    const packed = documents.map(({ name, value }) => ({ name: `${name}.gz`, value }));

    it.each([['pod/config_dump.json'], ['config_dump.json'], ['config_dump.json.gz']])('finds %s', name => {
      const [changed] = applyChanges(packed, [changeOfSetting(`${name}#/configs=[]`)]).documents;
      expect(changed).toEqual({ name: 'pod/config_dump.json.gz', value: { configs: [] } });
    });

    it('takes the one that is named as it is called', () => {
      const [changed] = applyChanges([...packed, ...documents], [changeOfSetting('clusters.json#/x=1')]).documents;
      expect(changed?.name).toBe('pod/clusters.json');
    });
  });

  it('tells the problem of a document that is asked about', () => {
    const other = { name: 'other/config_dump.json', value: { configs: [{}, {}] } };
    const asked = new Set(['pod/config_dump.json', 'pod/clusters.json']);
    expect(() => applyChanges([other, ...documents], [changeOfSetting('/configs/7/x=1')], asked)).toThrow(
      /^it fits none of 3 documents; pod\/config_dump\.json: /,
    );
  });

  it.each([[7], ['text'], [null]])('refuses the patch %j', patch => {
    expect(() => changeOfPatch(patch, 'fix.json', null)).toThrow('fix.json is no patch');
  });
});
