/** What each page asks first, of those whose questions are answered together. */
export const pageQuestions = {
  home: ['me.get', 'unit.get', 'redFace.list', 'report.mine', 'report.recent'],
  redFace: ['me.get', 'unit.get', 'unit.children', 'redFace.list'],
  mine: ['me.get', 'people.mine', 'report.mine'],
  report: ['me.get', 'unit.get', 'category.list'],
  detail: ['report.get', 'rules.get'],
  redFaceEntry: ['redFace.get', 'report.get', 'rules.get'],
  branch: ['me.get', 'unit.get', 'report.recent'],
  queue: ['me.get', 'queue.counts', 'queue.list'],
  handle: ['report.get', 'grid.cells'],
} as const

/** A page of the client whose first questions are answered together. */
export type OpenedPage = keyof typeof pageQuestions

/** Without these one cannot report or take a step; the others show lists, and are braked as lists are. */
export const pagesNeededToAct: readonly OpenedPage[] = ['report', 'detail', 'handle']

/** How many rows a page asks for first. */
export const firstRows = {
  /** Of a list that fills its page. */
  list: 20,
  /** Home's own matters: as many as one answer holds, for what waits for a word may be old. */
  homeMine: 50,
  homeRecent: 10,
  homeRedFaces: 1,
} as const
