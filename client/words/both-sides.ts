/** Steps and lines that residents and staff read by the same word, each from tables of their own. */
export const urgeLabel = '催办'
export const privateNoteLabel = '内部备注'
export const sendAppealLabel = '提交申诉'
