import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/source/istioctl/diagnose.js';
import { fetchProxy, fetchProxyStatus, listProxies } from '../../../src/source/istioctl/index.js';
import { SHARED, sharedIsThere, standIn } from './stand-in.js';

const MODERN_POD = 'productpage-v1-6d8bc58dd7-hjw6r.default';
const OLD_POD = 'productpage-v1-5cb458d74f-k7wzd.default';
const ON_ISTIO_1_1 = fileURLToPath(new URL('../../../../shared/istio-1.1/istioctl-calls/', import.meta.url));

const recordedBytes = (folder: string, id: string) => readFileSync(join(folder, `${id}.stdout`));

describe.skipIf(!sharedIsThere)(
  `proxies of recorded calls${sharedIsThere ? '' : ' (skipped: the shared folder is not there)'}`,
  () => {
    it.each([
      [MODERN_POD, 'all=pc-all-json'],
      [MODERN_POD, 'all=xwarn-get'],
      ['deploy/productpage-v1', 'all=xwarn-deploy,endpoint=pc-endpoint-json'],
      ['deploy/productpage-v1', 'all=xdisc-broken-group,endpoint=pc-endpoint-json'],
      ['pod/productpage-v1-6d8bc58dd7-hjw6r.default', 'all=xdisc-broken-group-podprefix,endpoint=pc-endpoint-json'],
    ])('1.30: the dump of %s is the same, byte for byte (%s)', async (target, replay) => {
      const [dump, health] = await fetchProxy(target, standIn(SHARED.modern, { replay }));
      expect(dump?.bytes.equals(recordedBytes(SHARED.modern, 'pc-all-json'))).toBe(true);
      expect(health?.bytes.equals(recordedBytes(SHARED.modern, 'pc-endpoint-json'))).toBe(true);
    });

    it.each([['listener=pc-listener-json'], ['listener=pc-stderr-json'], ['listener=xwarn-get']])(
      '1.1: the sections are the same, byte for byte (%s)',
      async replay => {
        const documents = await fetchProxy(OLD_POD, standIn(SHARED.old, { replay }));
        const sections = ['listener', 'route', 'cluster', 'endpoint', 'bootstrap'];
        expect(documents.map(({ name }) => name.split(' ')[2])).toEqual(sections);
        for (const [at, section] of sections.entries()) {
          expect(documents[at]?.bytes.equals(recordedBytes(SHARED.old, `pc-${section}-json`))).toBe(true);
        }
      },
    );

    it.each([
      ['fail-svc-name-as-pod', 'productpage.default', [MODERN_POD]],
      ['fail-fqdn-as-pod', 'productpage.default.svc.cluster.local', [MODERN_POD]],
      ['fail-namespace-missing', 'productpage-v1-6d8bc58dd7-hjw6r.nowhere', [MODERN_POD]],
      ['fail-pod-missing-short', 'nope.default', []],
    ])('1.30: %s names what is near', async (replay, target, near) => {
      await expect(fetchProxy(target, standIn(SHARED.modern, { replay }))).rejects.toMatchObject({
        kind: 'pod-not-found',
        near,
      });
    });

    it('1.1: a service for a pod names what is near', async () => {
      const options = standIn(SHARED.old, { replay: 'fail-svc-name-as-pod' });
      await expect(fetchProxy('productpage.default', options)).rejects.toMatchObject({ near: [OLD_POD] });
    });

    it('1.1: a --kubeconfig that is missing is refused, which istioctl itself would ignore', async () => {
      const options = standIn(SHARED.old, { replay: 'fail-kubeconfig-flag-missing' });
      await expect(fetchProxy(OLD_POD, { ...options, kubeconfig: '/nonexistent/config' })).rejects.toMatchObject({
        kind: 'no-kubeconfig',
      });
      expect(options.calls()).toEqual([]);
    });

    it.each([
      ['1.30', SHARED.modern, 7],
      ['1.1', SHARED.old, 10],
    ])('%s: all proxies are listed', async (_, folder, count) => {
      const names = await listProxies(standIn(folder));
      expect(names).toHaveLength(count);
      expect(names.every(name => /^[a-z][-a-z0-9]*\.[a-z-]+$/.test(name))).toBe(true);
    });

    it('1.1: the status table begins at its header though a warning stands before it', async () => {
      const warned = await fetchProxyStatus(null, standIn(SHARED.old, { replay: 'ps-exec-stderr' }));
      const plain = await fetchProxyStatus(null, standIn(SHARED.old));
      expect(warned.bytes.equals(plain.bytes)).toBe(true);
    });

    it.each([
      ['36', 'pod-not-found', /^There is no pod nosuchpod /],
      ['37', 'unsupported-flag', /^This istioctl cannot print "yaml"/],
    ])('1.1 on the mesh: call %s is told as %s', (call, kind, short) => {
      const stderr = readFileSync(join(ON_ISTIO_1_1, `${call}.txt.stderr`), 'utf8');
      const run = { stdout: Buffer.alloc(0), stderr, end: 'exited', exitCode: 1 } as const;
      expect(diagnose(run, [], { env: {} })).toMatchObject({ kind, short: expect.stringMatching(short) });
    });
  },
);
