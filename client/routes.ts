/** Every page of the product. The app's configuration and the navigation read this list and no other. */
export const routes = {
  home: 'pages/home',
  redFace: 'pages/red-face',
  mine: 'pages/mine',
  report: 'pages/matter/report',
  detail: 'pages/matter/detail',
  inbox: 'pages/inbox',
  unknown: 'pages/unknown',
  signIn: 'pages/account/sign-in',
  computers: 'pages/account/computers',
  invited: 'pages/account/invited',
  redFaceEntry: 'pages/public/red-face-entry',
  branch: 'pages/public/branch',
  ledger: 'pages/public/ledger',
  receipt: 'pages/receipt/follow',
  queue: 'pages/staff/queue',
  handle: 'pages/staff/handle',
  act: 'pages/staff/act',
  declare: 'pages/staff/declare',
  counter: 'pages/counter/desk',
  poster: 'pages/counter/poster',
  settings: 'pages/admin/settings',
  units: 'pages/admin/units',
  unit: 'pages/admin/unit',
  importUnits: 'pages/admin/import',
  people: 'pages/people/coverage',
  unitPeople: 'pages/people/unit',
  bonds: 'pages/admin/bonds',
} as const

export type RouteName = keyof typeof routes

type None = Record<never, string>

/** What a page's address carries; everything is text there. */
export interface RouteParams {
  home: None
  redFace: { unitId?: string }
  mine: None
  /** `unitId`, `lng`, `lat`: where a poster hangs, in whose address they stand. */
  report: { categoryId?: string; unitId?: string; lng?: string; lat?: string }
  detail: { reportId: string }
  inbox: { unitId?: string }
  /** Where an address leads that no page has. */
  unknown: None
  /** `over`: this computer has just been signed out. */
  signIn: { over?: 'yes' }
  /** The code that was scanned. */
  computers: { code?: string }
  /** As `computers`: the code of an invitation. */
  invited: { code?: string }
  redFaceEntry: { entryId: string }
  branch: { unitId: string }
  /** `own`: of a unit above the banners its own ledger, not the list of those below it. */
  ledger: { unitId?: string; own?: 'yes' }
  /** As the code on the slip says them. */
  receipt: { number?: string; code?: string }
  queue: { unitId?: string; tab?: string }
  handle: { reportId: string }
  act: { reportId: string; action: string }
  declare: { unitId: string }
  /** The service centre at whose counter one sits. */
  counter: { unitId: string }
  /** The unit whose ground it hangs on. */
  poster: { unitId: string }
  /** Of the unit that is set up; without it the first of which the caller is an admin. */
  settings: { unitId?: string }
  /** `at`: the one whose subordinate units are shown; `chosen`: the one that is looked at beside them. */
  units: { unitId?: string; at?: string; chosen?: string }
  /** `id`: the unit that is looked at, by an admin of `unitId`. */
  unit: { unitId?: string; id: string }
  /** `jobId`: the list that is looked through or entered. */
  importUnits: { unitId?: string; jobId?: string }
  /** The units below one; `of`: whose people lie open beside them, `show`: which of the units. */
  people: { unitId?: string; of?: string; show?: string }
  unitPeople: { unitId: string }
  /** `kind`: which list of it is shown. */
  bonds: { unitId?: string; kind?: string }
}

/** The pages behind the tab bar, in its order. */
export const tabs = [
  { name: 'home', text: '首页', icon: 'house' },
  { name: 'redFace', text: '红脸榜', icon: 'clipboard-list' },
  { name: 'mine', text: '我的', icon: 'user-round' },
] as const

export type TabName = (typeof tabs)[number]['name']

export const isTab = (name: RouteName): boolean => tabs.some((tab) => tab.name === name)

/** Where pages were before: addresses that people have kept still lead to them. */
export const formerRoutes: Readonly<Record<string, 'report' | 'detail'>> = {
  'pages/report': 'report',
  'pages/detail': 'detail',
}
