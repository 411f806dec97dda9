export { decode } from './decode/decode.js';
export type { DecodedDocument } from './decode/document.js';
export { DecodeProblem } from './decode/problem.js';
export { checkProxy, checkSnapshot } from './findings/check.js';
export { FINDING_CODES, type FindingCode, type Severity } from './findings/codes.js';
export type { Finding, ObjectRef } from './findings/finding.js';
export { findingsOfTrace, withFindings } from './findings/of-trace.js';
export { ProxyConfig } from './model/proxy.js';
export { ProxyNotFound, selectProxy } from './model/select.js';
export { type Snapshot, snapshotOf } from './model/snapshot.js';
export { documentOf, type SourceDocument } from './source/document.js';
export { readSources } from './source/read.js';
export type { From, TraceRequest } from './trace/request.js';
export type {
  Candidate,
  Endpoint,
  Evidence,
  FindingSummary,
  Step,
  TraceResult,
  WeightedCluster,
} from './trace/result.js';
export { RequestError } from './trace/target.js';
export { traceRequest } from './trace/trace.js';
