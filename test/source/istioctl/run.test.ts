import { kill } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fetchProxy, fetchProxyStatus } from '../../../src/source/istioctl/index.js';
import { type LoggedCall, OWN, standIn } from './stand-in.js';

const TIMEOUT_MS = 1500;

function isAlive({ pid }: LoggedCall): boolean {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether all that the calls started has ended. A child is known by its beat, for its pid may stay as a zombie. */
async function allEnded(options: ReturnType<typeof standIn>): Promise<boolean> {
  const beats = options.beats();
  await wait(300);
  return options.beats() === beats && !options.calls().some(isAlive);
}

describe('a call that does not end', () => {
  it.each([
    ['with a helper that holds its output', { child: true }],
    ['with a helper, both deaf to SIGTERM', { child: true, stubborn: true }],
  ])('is ended by its timeout, %s', async (_, behaviour) => {
    const options = { ...standIn(OWN.modern, { ...behaviour, replay: 'all=hang' }), timeoutMs: TIMEOUT_MS };
    await expect(fetchProxy('web-1.shop', options)).rejects.toMatchObject({
      kind: 'timeout',
      short: expect.stringContaining('within 1.5 s and was ended: check that the cluster can be reached'),
      said: expect.stringMatching(/^(klog\tstill waiting)?$/),
    });
    expect(options.calls()).toHaveLength(3);
    expect(options.beats()).toBeGreaterThan(0);
    expect(await allEnded(options)).toBe(true);
  });

  it('points at the missing kubeconfig where there is none', async () => {
    const options = standIn(OWN.modern, { replay: 'status-hang' });
    const env = { ...options.env, KUBECONFIG: undefined, HOME: '/nowhere' };
    await expect(fetchProxyStatus(null, { ...options, env, timeoutMs: TIMEOUT_MS })).rejects.toMatchObject({
      kind: 'timeout',
      short: expect.stringContaining('no kubeconfig was found'),
    });
  });
});

describe('a signal', () => {
  it('ends the children and rejects with its reason', async () => {
    const interrupt = new AbortController();
    const options = { ...standIn(OWN.modern, { replay: 'hang', child: true }), signal: interrupt.signal };
    const onProgress = () => setTimeout(() => interrupt.abort(new Error('interrupted')), 400);
    await expect(fetchProxy('web-1.shop', { ...options, onProgress })).rejects.toThrow('interrupted');
    expect(options.calls().length).toBeGreaterThan(1);
    expect(await allEnded(options)).toBe(true);
  });

  it('that was given before starts nothing', async () => {
    const options = { ...standIn(OWN.modern), signal: AbortSignal.abort(new Error('interrupted')) };
    await expect(fetchProxy('web-1.shop', options)).rejects.toThrow('interrupted');
    expect(options.calls()).toEqual([]);
  });
});

describe('parallel calls', () => {
  it('are ended when one of them fails', async () => {
    const options = standIn(OWN.old, { replay: 'listener=pod-missing,route=hang' });
    const start = performance.now();
    await expect(fetchProxy('web-1.shop', options)).rejects.toMatchObject({ kind: 'pod-not-found' });
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(await allEnded(options)).toBe(true);
  });

  it('that fail together are told by the first in order', async () => {
    const options = standIn(OWN.old, { replay: 'pod-missing' });
    await expect(fetchProxy('web-1.shop', options)).rejects.toMatchObject({
      command: expect.stringContaining('proxy-config listener'),
    });
  });
});

it('an answer that is too large is told as such', async () => {
  const options = { ...standIn(OWN.modern), maxBytes: 200 };
  await expect(fetchProxy('web-1.shop', options)).rejects.toMatchObject({
    kind: 'other',
    short: 'The answer of istioctl is larger than this program can hold.',
  });
  expect(await allEnded(options)).toBe(true);
});

it('a slow answer is waited for', async () => {
  const options = standIn(OWN.modern, { delayMs: 700 });
  await expect(fetchProxy('web-1.shop', options)).resolves.toHaveLength(2);
});
