/** Five short sentences that stand where people act (L6). */
export const sentences = {
  stays: '时限已用三分之一，转出后超期仍记本支部',
  /** With its number where the rule book is known: `postingText`. */
  posting: '公示期满，没人反对就销号',
  ours: '自己人的好评不算，差评算',
  objection: '有人说没修好，上级到现场看',
  decline: '不予受理要上级同意',
} as const

/** Whose no it takes for the level above to go and see (F5). */
export const objectionText = `${sentences.objection}：上报人说一声就算；也遇到的居民，有照片一户就算，没有照片要两户`
