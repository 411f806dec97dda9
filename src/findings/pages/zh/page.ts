/** A finding’s page in Chinese: as many causes and steps as the English one has, whose commands stand beside the steps. */
export interface ChinesePage {
  readonly title: string;
  readonly explanation: string;
  readonly consequences: string;
  readonly causes: readonly string[];
  readonly remedy: readonly string[];
}

export type ChinesePages<Code extends string> = Readonly<Record<Code, ChinesePage>>;
