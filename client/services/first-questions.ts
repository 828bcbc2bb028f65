import type { OpenedPage } from '../../cloudfunctions/contexts/page/rules/page-questions'
import type { InputOf } from '../../cloudfunctions/contract/contract'
import { type RouteName, routes } from '../routes'
import { chosenArea } from './chosen-area'
import { chosenHome } from './chosen-home'
import { isVisitor } from './signed-in'

export type PageOpening = InputOf<'page.open'>

export type PageParams = Readonly<Record<string, string | undefined>>

/** What of its address and of this device a page needs for its first questions; undefined where it asks nothing. */
const openings: Readonly<Record<OpenedPage, (params: PageParams) => Omit<PageOpening, 'page'> | undefined>> =
  {
    home: () => ({ unitId: chosenHome.read() }),
    redFace: ({ unitId }) => ({ unitId: unitId ?? chosenArea.read() }),
    mine: () => ({}),
    // On the web without a name it says how and where one reports.
    report: () => (isVisitor() ? undefined : { unitId: chosenHome.read() }),
    detail: ({ reportId }) => (reportId ? { reportId } : undefined),
    redFaceEntry: ({ entryId }) => (entryId ? { entryId } : undefined),
    branch: ({ unitId }) => (unitId ? { unitId } : undefined),
    queue: ({ unitId, tab }) => ({ unitId, tab }),
    handle: ({ reportId }) => (reportId ? { reportId } : undefined),
  }

const isOpenedPage = (name: RouteName | undefined): name is OpenedPage =>
  name !== undefined && name in openings

/** The page behind a route, as its first questions are sent; undefined for pages that put theirs one by one. */
export const openingOf = (route: string, params: PageParams): PageOpening | undefined => {
  const name = (Object.keys(routes) as RouteName[]).find((one) => routes[one] === route)
  if (!isOpenedPage(name)) return undefined
  const needed = openings[name](params)
  return needed && { page: name, ...needed }
}
