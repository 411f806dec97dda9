import type { Status } from '../http-statuses.js';
import type { Detail, DetailGroup } from '../response-details.js';
import type { Flag } from '../response-flags.js';
import { ARGUMENT_TEXTS_EN } from './arguments.en.js';
import type { ArgumentTexts } from './arguments.js';
import { ARGUMENT_TEXTS_ZH } from './arguments.zh.js';
import { DETAIL_TEXTS_EN } from './details.en.js';
import { DETAIL_TEXTS_ZH } from './details.zh.js';
import { FLAG_TEXTS_EN } from './flags.en.js';
import { FLAG_TEXTS_ZH } from './flags.zh.js';
import { GROUP_TEXTS_EN } from './groups.en.js';
import { GROUP_TEXTS_ZH } from './groups.zh.js';
import { STATUS_TEXTS_EN } from './statuses.en.js';
import { STATUS_TEXTS_ZH } from './statuses.zh.js';
import type { GroupText, Language, PartialText, Text } from './text.js';

interface Texts {
  flags: Record<Flag, Text>;
  groups: Record<DetailGroup, GroupText>;
  details: Record<Detail, PartialText>;
  statuses: Record<Status, Text>;
  arguments: ArgumentTexts;
}

/** Every text in every language: a term without a text does not compile. */
export const TEXTS: Record<Language, Texts> = {
  en: {
    flags: FLAG_TEXTS_EN,
    groups: GROUP_TEXTS_EN,
    details: DETAIL_TEXTS_EN,
    statuses: STATUS_TEXTS_EN,
    arguments: ARGUMENT_TEXTS_EN,
  },
  zh: {
    flags: FLAG_TEXTS_ZH,
    groups: GROUP_TEXTS_ZH,
    details: DETAIL_TEXTS_ZH,
    statuses: STATUS_TEXTS_ZH,
    arguments: ARGUMENT_TEXTS_ZH,
  },
};
