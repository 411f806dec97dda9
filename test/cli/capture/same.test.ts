import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeClusters, composeDump } from '../../../src/decode/compose.js';
import { SHARED, STAND_IN, sharedIsThere, standIn } from '../../source/istioctl/stand-in.js';
import { makeTar } from '../../source/support/tar.js';
import { clustersAsText } from '../../support/clusters-text.js';
import { runCli } from '../../support/run-cli.js';
import { workFolder } from '../../support/work-folder.js';
import { capture, filesBelow } from './support.js';

const work = workFolder();
const SECTIONS = ['listener', 'route', 'cluster', 'endpoint', 'bootstrap'] as const;

/** What names the source of a fact, and where in it the fact stands. */
const SOURCE = new Set(['document', 'pointer', 'evidence', 'istioctl']);

const JASON = ['-H', 'end-user: jason'];
const REQUESTS = [
  ['--to', 'reviews:8888'],
  ['--to', 'reviews:8888', ...JASON],
  ['--to', 'ratings:8888', '--path', '/ratings/0', ...JASON],
  ['--to', 'mytomcat:8888'],
  ['--to', 'mytomcat:8888', '--random', '60'],
  ['--to', 'tcp://mysql:3306'],
  ['--to', 'http://example.com/'],
  ['--to', 'productpage:8888', '--direction', 'inbound'],
  ['--to', 'tcp://203.0.113.9:9999'],
];

const ERAS = {
  modern: { name: '1.30', pod: 'productpage-v1-6d8bc58dd7-hjw6r.default' },
  old: { name: '1.1', pod: 'productpage-v1-5cb458d74f-k7wzd.default' },
} as const;

describe.each(['modern', 'old'] as const)('the recorded proxy of %s', era => {
  const { name, pod } = ERAS[era];
  const at = (...parts: string[]) => join(work, name, ...parts);
  const [podName = '', namespace = ''] = pod.split('.');
  const sources = {
    'the dump as a file': ['-f', at('dump.json'), '-f', at('clusters.json')],
    'istioctl’s lists in a folder': ['-f', at('lists')],
    'a bug report': ['-f', at('bug-report.tar.gz')],
    'its own snapshot': ['-f', at('snapshot')],
    'its own snapshot, packed': ['-f', at('snapshot.tar.gz')],
  };

  async function traced(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const answer = await runCli([pod, ...args, '-o', 'json'], { env: env as Record<string, string> });
    return {
      ...answer,
      stdout: JSON.parse(answer.stdout, (key, value) => (SOURCE.has(key) ? undefined : value)),
    };
  }

  function write(path: string, bytes: Buffer): void {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), bytes);
  }

  const live = standIn(SHARED[era]);

  describe.skipIf(!sharedIsThere)(
    `gives the same${sharedIsThere ? '' : ' (skipped: the shared folder is not there)'}`,
    () => {
      beforeAll(async () => {
        const recorded = (id: string) => readFileSync(join(SHARED[era], `pc-${id}-json.stdout`));
        const [listener, route, cluster, endpoint, bootstrap] = SECTIONS.map(recorded);
        const lists = { listener, route, cluster, bootstrap } as Record<string, Buffer>;
        const dump = era === 'modern' ? recorded('all') : composeDump(lists);
        const clusters = composeClusters(endpoint ?? Buffer.alloc(0));
        write('dump.json', dump);
        write('clusters.json', clusters);
        const all = era === 'modern' ? [...SECTIONS, 'eds'] : SECTIONS;
        for (const section of all) write(`lists/${section}.json`, recorded(section));
        const folder = `bug-report/proxies/${namespace}/${podName}`;
        const text = clustersAsText(JSON.parse(clusters.toString()).cluster_statuses);
        const report = [
          { name: `${folder}/clusters`, body: text },
          { name: `${folder}/config_dump?include_eds`, body: dump },
        ];
        write('bug-report.tar.gz', gzipSync(await makeTar(report)));
        expect(await capture(SHARED[era], [pod, '-d', at('snapshot')])).toMatchObject({ code: 0, stderr: '' });
        const entries = filesBelow(at('snapshot')).map(file => ({
          name: file,
          body: readFileSync(at('snapshot', file)),
        }));
        write('snapshot.tar.gz', gzipSync(await makeTar(entries)));
      }, 60_000);

      describe.each(REQUESTS.map(request => [request.join(' '), request] as const))('%s', (_, request) => {
        it('from every source as live', async () => {
          const expected = await traced([...request, '--istioctl', STAND_IN], live.env);
          expect(expected.stderr).toBe('');
          for (const [source, files] of Object.entries(sources)) {
            expect({ source, ...(await traced([...request, ...files])) }).toEqual({ source, ...expected });
          }
        });
      });
    },
  );
});
