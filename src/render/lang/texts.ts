import type { Language } from '../../findings/explanations/text.js';
import { LOGS_EN } from './logs.en.js';
import { LOGS_ZH } from './logs.zh.js';
import type { LogTexts } from './logs-texts.js';

/** The words around what the trace itself says, by subject. */
export interface Texts {
  readonly logs: LogTexts;
}

/** Every text in every language: one that lacks a text does not compile. */
export const TEXTS: Record<Language, Texts> = {
  en: { logs: LOGS_EN },
  zh: { logs: LOGS_ZH },
};
