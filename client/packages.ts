import { routes } from './routes'

/** Folders that WeChat loads as subpackages. */
const subpackageRoots = [
  'pages/matter',
  'pages/public',
  'pages/staff',
  'pages/counter',
  'pages/account',
  'pages/admin',
  'pages/people',
  'pages/receipt',
] as const

const rootOf = (path: string): string | undefined =>
  subpackageRoots.find((root) => path.startsWith(`${root}/`))

export const mainPages: string[] = Object.values(routes).filter((path) => rootOf(path) === undefined)

export const subpackages: { root: string; pages: string[] }[] = subpackageRoots.map((root) => ({
  root,
  pages: Object.values(routes)
    .filter((path) => rootOf(path) === root)
    .map((path) => path.slice(root.length + 1)),
}))

/** What WeChat fetches while somebody is on a page, because it is where they go next. */
export const preloads: Record<string, { network: 'all'; packages: string[] }> = {
  [routes.home]: { network: 'all', packages: ['pages/matter'] },
  [routes.redFace]: { network: 'all', packages: ['pages/public'] },
  [routes.queue]: { network: 'all', packages: ['pages/matter'] },
}
