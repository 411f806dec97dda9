import { expect, it } from 'vitest';
import { plannedCommands } from '../../../src/source/istioctl/index.js';

it('the plan lists every command, quoted, and when it runs', () => {
  const plan = plannedCommands(
    { targets: ['web-1.shop'], proxyStatus: true, pilotConfig: true },
    { env: { ISTIOCTL: '/opt/my tools/istioctl' }, context: "it's prod" },
  );
  const context = `--context 'it'\\''s prod'`;
  const line = (command: string) => `'/opt/my tools/istioctl' ${command}`;
  expect(plan.map(({ command, when }) => [when, command])).toEqual([
    ['', line('version --remote=false -o json')],
    ['', line(`proxy-status -o json ${context}`)],
    ['istioctl 1.10 or later', line(`proxy-config all web-1.shop -o json ${context}`)],
    ['istioctl 1.10 or later', line(`proxy-config endpoint web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config listener web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config route web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config cluster web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config endpoint web-1.shop -o json ${context}`)],
    ['istioctl before 1.10', line(`proxy-config bootstrap web-1.shop -o json ${context}`)],
    ['istioctl 1.10 or later', line(`experimental internal-debug 'config_dump?proxyID=web-1.shop' ${context}`)],
  ]);
});

it('the plan names no pod for Pilot where the target names none', () => {
  const plan = plannedCommands({ targets: ['deploy/web.shop'], pilotConfig: true }, { env: {} });
  expect(plan.filter(({ command }) => command.includes('internal-debug'))).toEqual([]);
});
