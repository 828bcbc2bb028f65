import { instantText } from '../components/time-text'

/** Steps and lines that residents and staff read by the same word, each from tables of their own. */
export const urgeLabel = '催办'
/** Beside it for who has urged: the server knows from when on they may again. */
export const urgeAgainText = (at: number, now: number): string => `${instantText(at, now)}起可再催`
export const askedHint = '有话问您，请您回答'
export const privateNoteLabel = '内部备注'
export const sendAppealLabel = '提交申诉'
