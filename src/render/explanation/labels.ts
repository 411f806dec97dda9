import type { TermKind } from '../../findings/explanations/explained.js';
import type { Language } from '../../findings/explanations/text.js';

export interface ExplanationLabels {
  kinds: Record<TermKind, string>;
  inside: string;
  from: string;
  hops: string;
  codes: string;
  flags: string;
  details: string;
  reasons: string;
  since: string;
  causes: string;
  next: string;
  /** Headings of a finding’s page. */
  page: { explanation: string; consequences: string; causes: string; remedy: string };
  together: string;
  /** Said where a term has no text in the wanted language. */
  englishOnly: string;
}

export const EXPLANATION_LABELS: Record<Language, ExplanationLabels> = {
  en: {
    kinds: {
      'response-flag': 'Envoy response flag',
      'response-code-details': 'Envoy response code details',
      'http-status': 'HTTP status',
      'transport-failure': 'transport failure reason',
      finding: 'finding of mesh-trace',
    },
    inside: 'Here',
    from: 'From',
    hops: 'At hop',
    codes: 'Code',
    flags: 'Flags',
    details: 'Details',
    reasons: 'Trace reason',
    since: 'Since Envoy',
    causes: 'Common causes',
    next: 'Look at next',
    page: {
      explanation: 'Explanation',
      consequences: 'Consequences',
      causes: 'Common causes',
      remedy: 'Remedy',
    },
    together: 'Together',
    englishOnly: 'This text is in English only.',
  },
  zh: {
    kinds: {
      'response-flag': 'Envoy 响应标志',
      'response-code-details': 'Envoy 响应码详情',
      'http-status': 'HTTP 状态码',
      'transport-failure': '传输失败原因',
      finding: 'mesh-trace 的发现',
    },
    inside: '此处',
    from: '来自',
    hops: '所在跳',
    codes: '返回码',
    flags: '标志',
    details: '详情',
    reasons: '跟踪原因',
    since: '始于 Envoy',
    causes: '常见原因',
    next: '接下来看',
    page: { explanation: '解释', consequences: '后果', causes: '常见原因', remedy: '处理办法' },
    together: '合在一起',
    englishOnly: '这段文字只有英文。',
  },
};
