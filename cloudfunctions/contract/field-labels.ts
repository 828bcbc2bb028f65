/** Chinese names of fields, for messages such as “情况说明”最多写500个字. */
export const fieldLabels: Readonly<Record<string, string>> = {
  text: '情况说明',
  note: '说明',
  reason: '理由',
  remark: '评价留言',
  plan: '计划',
  publicSummary: '公开摘要',
  words: '地点说明',
  place: '位置',
  point: '位置',
  photos: '照片',
  before: '办理前照片',
  after: '办理后照片',
  phone: '电话',
  categoryId: '事项类别',
}
