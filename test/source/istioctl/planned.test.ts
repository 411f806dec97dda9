import { expect, it } from 'vitest';
import { plannedCommands } from '../../../src/source/istioctl/index.js';

it('the plan lists every command, quoted, and when it runs', () => {
  const plan = plannedCommands(
    { targets: ['web-1.shop'], listing: { of: null }, pilotConfig: true },
    { env: { ISTIOCTL: '/opt/my tools/istioctl' }, context: "it's prod" },
  );
  const context = `--context 'it'\\''s prod'`;
  const line = (command: string) => `'/opt/my tools/istioctl' ${command}`;
  expect(plan.map(({ command, when }) => [when, command])).toEqual([
    ['', line('version --remote=false -o json')],
    ['istioctl 1.20 or later', line(`proxy-status -o json ${context}`)],
    ['where that has no JSON', line(`proxy-status -v 1 ${context}`)],
    ['istioctl before 1.20, or without either', line(`proxy-status ${context}`)],
    ['istioctl 1.10 or later', line(`proxy-config all web-1.shop -o json ${context}`)],
    ['istioctl 1.10 or later', line(`proxy-config endpoint web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config listener web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config route web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config cluster web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config endpoint web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config bootstrap web-1.shop -o json ${context}`)],
    ['istioctl 1.10 or later', line(`experimental internal-debug 'config_dump?proxyID=web-1.shop' ${context}`)],
    [
      'istioctl 1.10 to 1.25, where another istiod serves the proxy',
      line(`experimental internal-debug 'config_dump?proxyID=web-1.shop' --all ${context}`),
    ],
  ]);
});

it('the plan limits the listing to the namespace of its proxy, as a run does', () => {
  const plan = plannedCommands({ targets: [], listing: { of: 'web-1.shop' } }, { env: {}, namespace: 'edge' });
  expect(plan.map(({ command }) => command)).toEqual([
    'istioctl version --remote=false -o json',
    'istioctl proxy-status -o json -n shop',
    'istioctl proxy-status -v 1 -n shop',
    'istioctl proxy-status -n shop',
  ]);
});

it('the plan asks Pilot for the pod that a workload turns out to be', () => {
  const plan = plannedCommands({ targets: ['deploy/web.shop'], pilotConfig: true }, { env: {} });
  expect(plan.map(({ command }) => command).filter(command => command.includes('internal-debug'))).toEqual([
    "istioctl experimental internal-debug 'config_dump?proxyID=pod.namespace'",
    "istioctl experimental internal-debug 'config_dump?proxyID=pod.namespace' --all",
  ]);
});

it('the plan tells which calls get a longer timeout, and of which istioctl', () => {
  const plan = plannedCommands({ targets: ['web-1.shop'], listing: { of: null } }, { env: {}, timeoutMs: 60_000 });
  expect(plan.slice(1, 6).map(({ command, when }) => `${command}  # ${when}`)).toEqual([
    'istioctl proxy-status -o json  # istioctl 1.20 or later; from 1.27 on with --kubeclient-timeout 60s --timeout 60s',
    'istioctl proxy-status -v 1  # where that has no JSON; from 1.27 on with --kubeclient-timeout 60s --timeout 60s',
    'istioctl proxy-status  # istioctl before 1.20, or without either; from 1.27 on with --kubeclient-timeout 60s --timeout 60s',
    'istioctl proxy-config all web-1.shop -o json  # istioctl 1.10 or later; from 1.27 on with --kubeclient-timeout 60s',
    'istioctl proxy-config endpoint web-1.shop -o json  # istioctl 1.10 or later; from 1.27 on with --kubeclient-timeout 60s',
  ]);
  expect(plan[6]?.when).toBe('istioctl before 1.10');
});
