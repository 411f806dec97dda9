import type { TraceResult } from '../../trace/result.js';
import type { Texts } from '../lang/texts.js';
import type { SequenceItem } from '../sequence/sequence.js';
import { CLIENT, proxyId, SERVER } from './parties.js';

type Ended = Pick<TraceResult, 'outcome' | 'responseCode' | 'responseFlag' | 'endpoints' | 'request'>;

const FEW = 2;

/** How a sequence ends at a proxy: it sends the request on, answers, or closes. */
export function endItems(ended: Ended, index: number, { runbook }: Texts): SequenceItem[] {
  const { outcome, responseCode, responseFlag } = ended;
  const from = proxyId(index);
  const back = { kind: 'message', from, to: CLIENT } as const;
  switch (outcome) {
    case 'forwarded':
    case 'passthrough':
      return [{ kind: 'message', from, to: SERVER, text: addresses(ended), arrow: 'request' }];
    case 'responded': {
      const code = [responseCode ?? '', responseFlag ?? ''].filter(part => part !== '').join(' ');
      return [{ ...back, text: runbook.answer(code), arrow: 'answer' }];
    }
    case 'closed':
      return [{ ...back, text: runbook.closed, arrow: 'cut' }];
    case 'blackholed':
      return [{ ...back, text: runbook.dropped, arrow: 'cut' }];
    default:
      return [{ kind: 'note', over: from, lines: [runbook.notDecided] }];
  }
}

function addresses({ endpoints, request }: Ended): string {
  const used = endpoints.filter(({ share }) => share > 0).map(({ address }) => address);
  if (used.length === 0) return `${String(request.ip ?? request.host ?? '')}:${String(request.port)}`;
  return `${used.slice(0, FEW).join(', ')}${used.length > FEW ? ', …' : ''}`;
}
