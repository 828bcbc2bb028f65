import type { RowFacts, WrittenRow } from './rules/ledger'
import { redFaceCauseLabels } from './rules/red-face'

/** What a row of the ledger says, made once: when it is written, it is sealed with its facts (docs/decisions/0041). */
export const rowText = (facts: RowFacts | WrittenRow): string =>
  'words' in facts ? facts.words : `${facts.category}：${redFaceCauseLabels[facts.cause]}`
