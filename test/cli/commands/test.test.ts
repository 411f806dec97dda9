import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TestReport } from '../../../src/compare/test-report.js';
import { runCli } from '../../support/run-cli.js';

const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url));
const ROUTES = `${FIXTURES}routes.yaml`;
const CHECKS = `${FIXTURES}routes.checks.yaml`;
const BOOKINFO = `${FIXTURES}bookinfo.yaml`;
const SNAPSHOT = fileURLToPath(new URL('../../../snapshots/bookinfo-1.30-missing-subset', import.meta.url));
const ORIGINALS = fileURLToPath(new URL('../../../../shared/conformance/originals/', import.meta.url));

/** Runs `mesh-trace test` and gives its report. */
async function report(args: readonly string[], stdin = ''): Promise<TestReport> {
  const { stdout, stderr } = await runCli(['test', ...args, '-o', 'json'], { stdin });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const failures = ({ tests }: TestReport) => tests.filter(({ isPassed }) => !isPassed);

describe('tests of router_check_tool', () => {
  it('run against a bare route configuration', async () => {
    const found = await report([CHECKS, '-f', ROUTES]);
    expect(failures(found)).toEqual([]);
    expect(found).toMatchObject({ passed: 6, failed: 0 });
  });

  it.each([
    [true, true],
    [false, false],
  ])('say whether a request is internal: %s', async (internal, present_match) => {
    const matchers = [
      { name: 'x-envoy-internal', present_match },
      { name: 'x-request-id', present_match: false },
    ];
    const test = {
      test_name: 'internal',
      input: { authority: 'shop.example', path: '/cart/1', method: 'GET', internal },
      validate: { request_header_matches: matchers },
    };
    expect(failures(await report(['-', '-f', ROUTES], JSON.stringify({ tests: [test] })))).toEqual([]);
  });

  it.each([
    ['cluster_name: other', 'cluster_name: expected "other", got "cart"'],
    ["path_redirect: 'http://x/'", 'path_redirect: expected "http://x/", got ""'],
    ['code_redirect: 301', 'code_redirect: expected 301, got 0'],
    ['timeout: 2s', 'timeout: expected "2s", got "3s"'],
    ['request_header_matches: [{ name: x-client }, { name: x-none }]', 'got "header x-none is absent"'],
    [
      'response_header_fields: [{ key: x-served-by, value: v1 }]',
      'response_header_fields.x-served-by: expected "v1", got ""',
    ],
    ['no_such_field: 1', 'nothing here knows the test’s no_such_field'],
  ])('fail where %s does not hold', async (validate, text) => {
    const file = `tests: [{ test_name: t, input: { authority: shop.example, path: /cart }, validate: { ${validate} } }]`;
    const { code, stdout } = await runCli(['test', '-', '-f', ROUTES], { stdin: file, columns: 200 });
    expect(stdout).toContain(text);
    expect(code).toBe(1);
  });

  it('run against a route table of a dump', async () => {
    const file = `[{ "test_name": "edge", "input": { ":authority": "bookinfo.example.com", ":path": "/tomcat/" }, "validate": { "cluster_name": "outbound|8888||mytomcat.default.svc.cluster.local" } }]`;
    const args = [
      '-',
      '-f',
      SNAPSHOT,
      '--proxy',
      'istio-ingressgateway',
      '--route-config',
      'https.443.https-bookinfo.bookinfo-gateway.default',
    ];
    expect(await report(args, file)).toMatchObject({ passed: 1, failed: 0 });
    const { stderr, code } = await runCli(['test', '-', '-f', SNAPSHOT, '--proxy', 'istio-ingressgateway'], {
      stdin: file,
    });
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /route tables, and nothing says which one the tests are for\. Give --route-config with one of: /,
    );
    expect(code).toBe(2);
  });
});

describe.skipIf(!existsSync(ORIGINALS))('the suites of Envoy’s own tool (skipped where ../shared is not there)', () => {
  const suites = !existsSync(ORIGINALS)
    ? []
    : readdirSync(ORIGINALS, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('.golden.'));

  it.each(suites)('%s', async name => {
    const routes = `${ORIGINALS}${name.replace(/\.golden\..*/, '.yaml')}`;
    expect(failures(await report([`${ORIGINALS}${name}`, '-f', routes]))).toEqual([]);
  });
});

describe('expectations', () => {
  const args = [BOOKINFO, '-f', SNAPSHOT, '--proxy', 'productpage'];

  it('hold', async () => {
    expect(await report(args)).toMatchObject({ passed: 2, failed: 0 });
    expect((await runCli(['test', ...args])).code).toBe(0);
  });

  it('fail where the result differs, and show the trace', async () => {
    const file =
      '{ request: { to: "reviews:8888", random: 5 }, expect: { outcome: closed, route: { name: canary }, nothing: 1 } }';
    const { stdout, code } = await runCli(['test', '-', ...args.slice(1)], { stdin: file, columns: 120 });
    expect(stdout).toContain('✗ 1 reviews:8888\n      outcome: expected "closed", got "forwarded"');
    expect(stdout).toContain('nothing: expected 1, the result has no such field');
    expect(stdout).toContain('The trace: Forwarded to reviews.default.svc.cluster.local port 8888');
    expect(code).toBe(1);
  });

  it('fail where the request cannot be traced', async () => {
    const file =
      '[{ name: a, request: { to: "reviews" }, expect: {} }, { name: b, request: { to: "reviews:1", proxy: nobody }, expect: {} }]';
    const { tests } = await report(['-', ...args.slice(1)], file);
    expect(tests.map(({ error }) => error)).toEqual(['reviews: the port is missing', 'no proxy is called nobody']);
  });

  it('fail where the request has a field that nothing reads', async () => {
    const file = '{ request: { to: "reviews:8888", pth: /x }, expect: { outcome: forwarded } }';
    const found = await report(['-', '-f', SNAPSHOT, '--proxy', 'productpage'], file);
    expect(failures(found)).toMatchObject([{ error: 'nothing here knows the test’s pth (path?)' }]);
  });

  it('can be tried with a change', async () => {
    const pointer = '/configs/5/dynamic_route_configs/0/route_config/virtual_hosts/3/routes/0/route/cluster';
    const set = `productpage-v1-6d8bc58dd7-hjw6r/config_dump.json.gz#${pointer}=outbound|8888|v1|mytomcat.default.svc.cluster.local`;
    const { tests } = await report([...args, '--set', set]);
    expect(tests.map(({ isPassed }) => isPassed)).toEqual([true, false]);
    expect(tests[1]?.sentence).toMatch(/^With the change tried out \(nothing was applied\): Forwarded/);
  });

  it.each([
    ['', 'it holds no tests'],
    ['- 1', 'test 1 has no request and expect'],
    ['request: {}', 'test 1 has no request and expect'],
    ['a: [', 'it cannot be read'],
    ['tests { name: "a }', 'it is no protobuf text'],
  ])('that are not there: %j', async (file, message) => {
    const { stderr, code } = await runCli(['test', '-', ...args.slice(1)], { stdin: file });
    expect(stderr).toContain(`mesh-trace: -: ${message}`);
    expect(code).toBe(2);
  });
});

describe('forms of the report', () => {
  const args = ['test', BOOKINFO, '-', '-f', SNAPSHOT, '--proxy', 'productpage'];
  const stdin = '{ name: "a <b> #1", request: { to: "reviews:8888" }, expect: { outcome: closed } }';

  it('TAP', async () => {
    const { stdout } = await runCli([...args, '-o', 'tap'], { stdin });
    expect(stdout.split('\n').slice(0, 3)).toEqual(['TAP version 14', '1..3', `ok 1 - ${BOOKINFO}: jason sees v2`]);
    expect(stdout).toContain('not ok 3 - -: a <b> \\#1\n  ---\n  differences:\n    - "outcome: expected');
  });

  it('JUnit', async () => {
    const { stdout } = await runCli([...args, '-o', 'junit'], { stdin });
    expect(stdout).toContain('<testsuites name="mesh-trace" tests="3" failures="1">');
    expect(stdout).toContain('<testcase classname="-" name="a &lt;b&gt; #1">');
    expect(stdout).toContain('<failure message="outcome: expected &quot;closed&quot;, got &quot;');
  });
});

describe('coverage', () => {
  it('names the routes that no test takes', async () => {
    const stdin =
      'tests: [{ test_name: t, input: { authority: shop.example, path: /cart }, validate: { cluster_name: cart } }]';
    const { stdout } = await runCli(['test', '-', '-f', ROUTES, '--coverage'], { stdin });
    expect(stdout.split('\n').slice(5)).toEqual([
      '1 of 5 routes are taken (20%)',
      'No test takes:',
      '  route table shop',
      '    virtual host shop',
      '      route ping (path /ping)',
      '      route beta (prefix /, runtime fraction)',
      '      route split (prefix /)',
      '    virtual host old: its only route',
      '',
    ]);
  });

  it('fails below a limit', async () => {
    expect((await runCli(['test', CHECKS, '-f', ROUTES, '--fail-under', '100'])).code).toBe(0);
    const file = 'tests: [{ test_name: t, input: { authority: shop.example }, validate: { cluster_name: a } }]';
    const { code, stderr } = await runCli(['test', '-', '-f', ROUTES, '--fail-under', '50'], { stdin: file });
    expect(stderr).toBe('mesh-trace: the tests take 1 of 5 routes (20%), less than 50%\n');
    expect(code).toBe(1);
  });

  it('counts whole proxies', async () => {
    const { coverage } = await report([BOOKINFO, '-f', SNAPSHOT, '--proxy', 'productpage', '--coverage']);
    expect(coverage).toMatchObject({ taken: 2 });
    const taken = coverage?.tables.flatMap(({ virtualHosts }) =>
      virtualHosts.flatMap(host => host.routes.filter(route => route.isTaken)),
    );
    expect(taken?.map(({ name, match }) => `${name}: ${match}`)).toEqual([
      'canary-header: prefix /, header x-canary',
      'jason-sees-v2: prefix /, header end-user',
    ]);
  });
});
