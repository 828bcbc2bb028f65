import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { MiniProgramFailure, type Problem, refusal } from './failure'

/**
 * What may be uploaded, in bytes.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html
 */
export const packageLimits = {
  mainBytes: 2 * 1024 * 1024,
  subpackageBytes: 2 * 1024 * 1024,
  wholeBytes: 30 * 1024 * 1024,
  /** What the pages of one package may have fetched ahead. */
  preloadBytes: 2 * 1024 * 1024,
  tabIconBytes: 40 * 1024,
} as const

const colour = z.string().regex(/^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i, 'must be a colour like #ffffff')
const route = z
  .string()
  .regex(/^(?!\/)(?!.*\.\w+$)(?!.*\/$).+/, 'must be a path without a leading / and a suffix')

const pageSettings = {
  navigationBarTitleText: z.string().optional(),
  navigationBarBackgroundColor: colour.optional(),
  navigationBarTextStyle: z.enum(['black', 'white']).optional(),
  navigationStyle: z.enum(['default', 'custom']).optional(),
  backgroundColor: colour.optional(),
  backgroundColorTop: colour.optional(),
  backgroundColorBottom: colour.optional(),
  backgroundTextStyle: z.enum(['dark', 'light']).optional(),
  enablePullDownRefresh: z.boolean().optional(),
  onReachBottomDistance: z.number().nonnegative().optional(),
  pageOrientation: z.enum(['auto', 'portrait', 'landscape']).optional(),
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/page.html */
const pageSchema = z.looseObject({
  ...pageSettings,
  component: z.boolean().optional(),
  styleIsolation: z
    .enum(['isolated', 'apply-shared', 'shared', 'page-isolated', 'page-apply-shared', 'page-shared'])
    .optional(),
  disableScroll: z.boolean().optional(),
  usingComponents: z.record(z.string(), z.string()).optional(),
  componentGenerics: z.record(z.string(), z.unknown()).optional(),
  componentPlaceholder: z.record(z.string(), z.string()).optional(),
})

const subpackage = z.looseObject({
  root: z.string().min(1),
  name: z.string().optional(),
  pages: z.array(route).min(1),
  independent: z.boolean().optional(),
})

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/preload.html */
const preload = z.looseObject({
  packages: z.array(z.string()),
  network: z.enum(['all', 'wifi']).default('wifi'),
})

const exact = new Set([
  'getLocation',
  'onLocationChange',
  'startLocationUpdate',
  'startLocationUpdateBackground',
])

/**
 * Sources: https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html and the checks of WeChat's
 * own compiler, the npm package miniprogram-ci (2.1.42).
 */
const appSchema = z.looseObject({
  pages: z.array(route).min(1),
  entryPagePath: route.optional(),
  window: z.looseObject(pageSettings).optional(),
  tabBar: z
    .looseObject({
      color: colour.optional(),
      selectedColor: colour.optional(),
      backgroundColor: colour.optional(),
      borderStyle: z.enum(['black', 'white']).optional(),
      position: z.enum(['bottom', 'top']).optional(),
      custom: z.boolean().optional(),
      list: z
        .array(
          z.looseObject({
            pagePath: route,
            text: z.string().optional(),
            iconPath: z.string().optional(),
            selectedIconPath: z.string().optional(),
          }),
        )
        .min(2, 'a tab bar has at least two tabs'),
    })
    .refine(({ custom, list }) => list.length <= (custom ? 10 : 5), {
      path: ['list'],
      message: 'a tab bar has at most five tabs, a custom one ten',
    })
    .refine(({ list }) => new Set(list.map(({ pagePath }) => pagePath)).size === list.length, {
      path: ['list'],
      message: 'a page is in a tab bar once',
    })
    .optional(),
  subPackages: z.array(subpackage).optional(),
  subpackages: z.array(subpackage).optional(),
  preloadRule: z.record(route, preload).optional(),
  usingComponents: z.record(z.string(), z.string()).optional(),
  requiredPrivateInfos: z
    .array(
      z.enum([
        'getFuzzyLocation',
        'getLocation',
        'onLocationChange',
        'startLocationUpdate',
        'startLocationUpdateBackground',
        'chooseLocation',
        'choosePoi',
        'chooseAddress',
      ]),
    )
    .refine((names) => !names.includes('getFuzzyLocation') || !names.some((name) => exact.has(name)), {
      message: 'getFuzzyLocation excludes interfaces of the exact place',
    })
    .optional(),
  sitemapLocation: z.string().optional(),
  themeLocation: z.string().optional(),
  permission: z
    .record(z.string(), z.looseObject({ desc: z.string().min(1).max(30, 'at most 30 characters') }))
    .optional(),
  __usePrivacyCheck__: z.boolean().optional(),
})

export type AppConfig = z.infer<typeof appSchema>
export type PageConfig = z.infer<typeof pageSchema>

export interface MiniPackage {
  readonly folder: string
  readonly app: AppConfig
  /** Routes with their configurations; `app.usingComponents` is already in them. */
  readonly pages: Readonly<Record<string, PageConfig>>
  /** Components that a page uses, or a component that a page uses. */
  readonly components: Readonly<Record<string, PageConfig>>
  /** Roots of subpackages, each ending in `/`. */
  readonly roots: readonly string[]
  /** The roots that are fetched ahead when a page is entered, by its route. */
  readonly preloads: Readonly<Record<string, { readonly roots: readonly string[]; readonly network: string }>>
  /** Every file that is uploaded, by its path, with its bytes. */
  readonly files: Readonly<Record<string, number>>
  readonly problems: readonly Problem[]
}

type Theme = Readonly<Record<string, unknown>>

/** Reads a configuration. What begins with @ stands in the theme. */
const readJson = async <T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  theme: Theme = {},
): Promise<T> => {
  let text: string
  try {
    text = await readFile(path.join(folder, file), 'utf8')
  } catch {
    throw refusal('FILE_MISSING', `${file} does not exist`, file)
  }
  let value: unknown
  try {
    value = JSON.parse(text, (_key, one) =>
      typeof one === 'string' && one.startsWith('@') ? (theme[one.slice(1)] ?? one) : one,
    )
  } catch (error) {
    throw refusal('JSON_SYNTAX', error instanceof Error ? error.message : String(error), file)
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw new MiniProgramFailure(
    read.error.issues.map((issue) => ({
      kind: 'refused',
      code: 'JSON_SCHEMA',
      reason: `${issue.path.join('.')}: ${issue.message}`,
      file,
    })),
  )
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/darkmode.html */
const themeSchema = z.looseObject({ light: z.record(z.string(), z.unknown()) })
const readTheme = async (folder: string): Promise<Theme> => {
  const { themeLocation } = await readJson(
    folder,
    'app.json',
    z.looseObject({ themeLocation: z.string().optional() }),
  )
  return themeLocation ? (await readJson(folder, themeLocation, themeSchema)).light : {}
}

const listFiles = async (folder: string): Promise<Record<string, number>> => {
  const files: Record<string, number> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name)
    const name = path.relative(folder, file).split(path.sep).join('/')
    if (!entry.isFile() || /^project(\.private)?\.config\.json$|\.map$|(^|\/)\./.test(name)) continue
    files[name] = (await stat(file)).size
  }
  return files
}

/** Where a component named in `usingComponents` is: beside the page, at the root, or in `miniprogram_npm`. */
const resolveComponent = (
  named: string,
  user: string,
  files: Readonly<Record<string, number>>,
): string | undefined => {
  const isThere = (base: string) => `${base}.json` in files && `${base}.wxml` in files
  const whole = (base: string) =>
    isThere(base) ? base : isThere(`${base}/index`) ? `${base}/index` : undefined
  if (named.startsWith('/')) return whole(named.slice(1))
  const folder = path.posix.dirname(user)
  const beside = whole(path.posix.join(folder, named))
  if (beside || named.startsWith('.')) return beside
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const found = whole(path.posix.join(at, 'miniprogram_npm', named))
    if (found || at === '.') return found
  }
}

const sizesOf = (files: Readonly<Record<string, number>>, roots: readonly string[]): readonly Problem[] => {
  const problems: Problem[] = []
  const sum = (isIn: (file: string) => boolean) =>
    Object.entries(files).reduce((total, [file, bytes]) => total + (isIn(file) ? bytes : 0), 0)
  const check = (what: string, bytes: number, most: number) => {
    if (bytes > most)
      problems.push({
        kind: 'refused',
        code: 'PACKAGE_TOO_LARGE',
        reason: `${what} has ${bytes} bytes, more than ${most}`,
      })
  }
  const isInRoot = (file: string) => roots.some((root) => file.startsWith(root))
  check(
    'the main package',
    sum((file) => !isInRoot(file)),
    packageLimits.mainBytes,
  )
  for (const root of roots)
    check(
      `the subpackage ${root}`,
      sum((file) => file.startsWith(root)),
      packageLimits.subpackageBytes,
    )
  check(
    'everything together',
    sum(() => true),
    packageLimits.wholeBytes,
  )
  return problems
}

/** The pages of one package share what may be fetched ahead from them. */
const preloadSizesOf = (
  preloads: MiniPackage['preloads'],
  files: Readonly<Record<string, number>>,
  roots: readonly string[],
): readonly Problem[] => {
  const fetchedFrom = new Map<string, Set<string>>()
  for (const [page, rule] of Object.entries(preloads)) {
    const from = roots.find((root) => page.startsWith(root)) ?? 'the main package'
    fetchedFrom.set(from, new Set([...(fetchedFrom.get(from) ?? []), ...rule.roots]))
  }
  return [...fetchedFrom].flatMap(([from, fetched]): Problem[] => {
    const bytes = Object.entries(files).reduce(
      (total, [file, size]) => total + ([...fetched].some((root) => file.startsWith(root)) ? size : 0),
      0,
    )
    if (bytes <= packageLimits.preloadBytes) return []
    const reason = `pages of ${from} have ${bytes} bytes fetched ahead, more than ${packageLimits.preloadBytes}`
    return [{ kind: 'refused', code: 'PRELOAD', reason, file: 'app.json' }]
  })
}

const tabsOf = (app: AppConfig, files: Readonly<Record<string, number>>): readonly Problem[] => {
  const problems: Problem[] = []
  const refuse = (reason: string) =>
    problems.push({ kind: 'refused', code: 'TAB_BAR', reason, file: 'app.json' })
  for (const tab of app.tabBar?.list ?? []) {
    if (!app.pages.includes(tab.pagePath)) refuse(`the tab ${tab.pagePath} is no page of the main package`)
    for (const icon of [tab.iconPath, tab.selectedIconPath]) {
      if (icon === undefined) continue
      const bytes = files[icon.replace(/^\//, '')]
      if (bytes === undefined) refuse(`the icon ${icon} does not exist`)
      else if (bytes > packageLimits.tabIconBytes) refuse(`the icon ${icon} has more than 40 KB`)
      if (!/\.(png|jpe?g)$/i.test(icon)) refuse(`the icon ${icon} is no png or jpg`)
    }
  }
  for (const name of ['color', 'selectedColor', 'backgroundColor'] as const)
    if (app.tabBar && app.tabBar[name] === undefined)
      problems.push({ kind: 'warning', code: 'TAB_BAR', reason: `tabBar has no ${name}`, file: 'app.json' })
  if (app.tabBar?.custom && !('custom-tab-bar/index.json' in files))
    refuse('a custom tab bar needs the component custom-tab-bar/index')
  return problems
}

/**
 * Reads a compiled mini-program and checks what WeChat's compiler checks before an upload. Refuses (MiniProgramFailure)
 * what cannot be read at all; everything else that is wrong is in `problems`.
 */
export const readPackage = async (folder: string): Promise<MiniPackage> => {
  const theme = await readTheme(folder)
  const app = await readJson(folder, 'app.json', appSchema, theme)
  const files = await listFiles(folder)
  const problems: Problem[] = []
  const refuse = (code: string, reason: string, file: string) =>
    problems.push({ kind: 'refused', code, reason, file })
  if (app.sitemapLocation && !(app.sitemapLocation in files))
    refuse('FILE_MISSING', `${app.sitemapLocation} does not exist`, 'app.json')

  const declared = [...(app.subPackages ?? []), ...(app.subpackages ?? [])]
  const roots = declared.map(({ root }) => `${root.replace(/^\/|\/$/g, '')}/`)
  const routes = [
    ...app.pages,
    ...declared.flatMap(({ pages }, at) => pages.map((page) => `${roots[at]}${page}`)),
  ]
  if (new Set(routes).size < routes.length) refuse('PAGE_TWICE', 'a page is listed twice', 'app.json')
  if (app.entryPagePath && !routes.includes(app.entryPagePath))
    refuse('ENTRY_PAGE', `${app.entryPagePath} is no page`, 'app.json')
  const names = declared.flatMap(({ name }) => name ?? [])
  if (new Set(names).size < names.length)
    refuse('SUBPACKAGE_TWICE', 'two subpackages have the same name', 'app.json')
  for (const [at, root] of roots.entries()) {
    if (app.pages.some((page) => page.startsWith(root)))
      refuse('PAGE_IN_SUBPACKAGE', `a page of the main package lies in ${root}`, 'app.json')
    if (roots.some((other, place) => place !== at && other.startsWith(root)))
      refuse('SUBPACKAGE_TWICE', `another subpackage lies in ${root}`, 'app.json')
  }

  const components: Record<string, PageConfig> = {}
  const readUser = async (user: string): Promise<PageConfig> => {
    const config = `${user}.json` in files ? await readJson(folder, `${user}.json`, pageSchema, theme) : {}
    const using: Record<string, string> = {}
    for (const [tag, named] of Object.entries({ ...app.usingComponents, ...config.usingComponents })) {
      const isGlobal = config.usingComponents?.[tag] === undefined
      const found = resolveComponent(named, isGlobal ? 'app' : user, files)
      if (found === user) continue
      if (found === undefined) {
        refuse('COMPONENT_MISSING', `<${tag}> is ${named}, which does not exist`, `${user}.json`)
        continue
      }
      using[tag] = `/${found}`
      if (components[found]) continue
      components[found] = {}
      components[found] = await readUser(found)
      if (!(`${found}.js` in files)) refuse('FILE_MISSING', `${found}.js does not exist`, `${found}.js`)
      if (components[found]?.component !== true)
        refuse('NOT_A_COMPONENT', '"component": true is missing', `${found}.json`)
    }
    return { ...config, usingComponents: using }
  }

  const pages: Record<string, PageConfig> = {}
  for (const page of routes) {
    for (const suffix of ['js', 'wxml'])
      if (!(`${page}.${suffix}` in files))
        refuse('PAGE_MISSING', `${page}.${suffix} does not exist`, `${page}.${suffix}`)
    pages[page] = await readUser(page)
  }
  if (app.tabBar?.custom && 'custom-tab-bar/index.json' in files)
    components['custom-tab-bar/index'] = await readUser('custom-tab-bar/index')
  if (!('app.js' in files)) refuse('FILE_MISSING', 'app.js does not exist', 'app.js')

  const preloads: Record<string, { roots: string[]; network: string }> = {}
  for (const [page, { packages, network }] of Object.entries(app.preloadRule ?? {})) {
    if (!routes.includes(page)) refuse('PRELOAD', `preloadRule: ${page} is no page`, 'app.json')
    const named = packages.flatMap((one) => {
      // The main package is there already, unless the page is one of an independent subpackage.
      if (one === '__APP__') return []
      const at = declared.findIndex(
        ({ root, name }) => name === one || root.replace(/^\/|\/$/g, '') === one.replace(/^\/|\/$/g, ''),
      )
      if (at < 0) refuse('PRELOAD', `preloadRule: ${one} is no subpackage`, 'app.json')
      return roots[at] ?? []
    })
    preloads[page] = { roots: named, network }
  }

  problems.push(...sizesOf(files, roots), ...preloadSizesOf(preloads, files, roots), ...tabsOf(app, files))
  return { folder, app, pages, components, roots, preloads, files, problems }
}
