import type { FromDraft } from './from-row'

/** What one must know before one sends what hands over at once. */
export const noWayBack = ({ isLater }: FromDraft): string =>
  isLater ? '到那天之前可以撤回。' : '现在就生效，不能撤回；拿不准就选个日子。'
