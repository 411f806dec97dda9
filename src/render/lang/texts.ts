import type { Language } from '../../findings/explanations/text.js';
import { LOGS_EN } from './logs.en.js';
import { LOGS_ZH } from './logs.zh.js';
import type { LogTexts } from './logs-texts.js';
import { RUNBOOK_EN } from './runbook.en.js';
import { RUNBOOK_ZH } from './runbook.zh.js';
import type { RunbookTexts } from './runbook-texts.js';
import { TRACE_EN } from './trace.en.js';
import { TRACE_ZH } from './trace.zh.js';
import type { TraceTexts } from './trace-texts.js';

/** The words around what the trace itself says, by subject. */
export interface Texts {
  readonly trace: TraceTexts;
  readonly logs: LogTexts;
  readonly runbook: RunbookTexts;
}

/** Every text in every language: one that lacks a text does not compile. */
export const TEXTS: Record<Language, Texts> = {
  en: { trace: TRACE_EN, logs: LOGS_EN, runbook: RUNBOOK_EN },
  zh: { trace: TRACE_ZH, logs: LOGS_ZH, runbook: RUNBOOK_ZH },
};
