import type { NodeType } from '../../model/node.js';
import type { Outcome } from '../../trace/result.js';

/** The words of a runbook. Texts may hold code between backticks. */
export interface RunbookTexts {
  readonly title: (request: string) => string;
  readonly headings: Record<
    | 'answer'
    | 'question'
    | 'todo'
    | 'verify'
    | 'check'
    | 'walk'
    | 'findings'
    | 'evidence'
    | 'whatIf'
    | 'assumed'
    | 'missing'
    | 'versions'
    | 'words',
    string
  >;
  /** What an outcome means for the request, in plain words. */
  readonly headlines: Record<Outcome, string>;
  /** Where the receiving side's own Envoy ends it. */
  readonly endedByServer: string;
  readonly cause: (why: string) => string;
  readonly logged: (line: string) => string;
  readonly means: (term: string, means: string) => string;
  readonly question: Record<'from' | 'to' | 'request' | 'headers' | 'encryption' | 'source' | 'random', string>;
  readonly fromPod: (pod: string, namespace: string) => string;
  readonly toGateway: (pod: string, namespace: string) => string;
  readonly toPod: (pod: string, namespace: string) => string;
  readonly tls: Record<'plaintext' | 'tls' | 'mtls', string>;
  readonly address: (name: string, address: string) => string;
  /** Said before the list of what to do. */
  readonly todoIntro: string;
  /** The same, where the request goes through all the same. */
  readonly noticedIntro: string;
  readonly nothingToDo: string;
  readonly generalAdvice: string;
  readonly tryFirst: string;
  readonly verifySync: string;
  readonly verifyTrace: string;
  readonly verifyRequest: string;
  readonly verifyLog: string;
  readonly parties: Record<'application' | 'client' | 'sidecar' | 'gateway' | 'server' | 'outside', string>;
  readonly answer: (code: string) => string;
  readonly closed: string;
  readonly dropped: string;
  readonly notDecided: string;
  readonly encrypted: string;
  readonly columns: Record<
    'number' | 'question' | 'result' | 'choice' | 'why' | 'severity' | 'code' | 'object' | 'what' | 'step' | 'place',
    string
  >;
  readonly walkIntro: string;
  readonly walkOf: (proxy: string) => string;
  readonly evidenceIntro: string;
  readonly commandsIntro: string;
  readonly versionColumns: Record<'proxy' | 'kind' | 'istio' | 'envoy' | 'updated' | 'documents', string>;
  readonly nodeTypes: Record<NodeType, string>;
  readonly unknown: string;
  readonly madeBy: (version: string) => string;
  /** Short explanations for readers who never used Istio: word and meaning. */
  readonly words: readonly (readonly [word: string, means: string])[];
}
