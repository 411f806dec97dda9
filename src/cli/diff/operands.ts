import { UsageError } from '../fail.js';
import type { SourceOptions } from '../options.js';

/** What is to be compared, as the user wrote it. */
export interface Operands {
  readonly paths: readonly string[];
  readonly proxies: readonly string[];
}

/** Tells paths from names of proxies: what stands on disk or looks like a path is one. Throws UsageError where they do not make a pair. */
export async function readOperands(operands: readonly string[], options: SourceOptions): Promise<Operands> {
  const { exists } = await import('../../source/exists.js');
  const paths: string[] = [];
  const proxies: string[] = [];
  for (const operand of operands) (looksLikePath(operand) || (await exists(operand)) ? paths : proxies).push(operand);
  const given = paths.length + (options.file?.length ?? 0);
  if (paths.length > 2)
    throw new UsageError('more than two snapshots are given', 'Give two: mesh-trace diff before/ after/');
  if (paths.length === 2 && options.file !== undefined)
    throw new UsageError(
      'two snapshots are compared, and -f names a third',
      'Leave -f out, or give both documents with -f.',
    );
  if (proxies.length > 2 || (paths.length === 2 && proxies.length > 1))
    throw new UsageError('more than two proxies are named', 'Name one (Pilot against Envoy) or two.');
  if (given === 0 && proxies.length === 0)
    throw new UsageError(
      'nothing says what to compare',
      'Name a proxy (mesh-trace diff pod.namespace), two snapshots, or give saved dumps with -f.',
    );
  return { paths, proxies };
}

function looksLikePath(operand: string): boolean {
  return operand === '-' || /\.(json|ya?ml|txt|gz|tgz|tar|zip)$/i.test(operand) || hasFolder(operand);
}

/** istioctl takes workloads as well: `deploy/web.shop`. */
function hasFolder(operand: string): boolean {
  return (
    operand.includes('/') && !/^(po|pods?|deploy|deployments?|sts|statefulsets?|ds|daemonsets?)\/[^/]+$/.test(operand)
  );
}
