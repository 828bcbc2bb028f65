import { miniProgram } from './mini-program'
import { entering } from './server-link'

/** What a browser has and WeChat's logic has not: a program that reaches for it fails as it would there. */
const absent = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'XMLHttpRequest',
  'fetch',
  'WebSocket',
  'Worker',
  'self',
  'frames',
  'top',
  'parent',
  'alert',
  'confirm',
  'prompt',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'HTMLElement',
  'Element',
  'Node',
  'CustomEvent',
  'Event',
  'EventTarget',
  'MutationObserver',
  'IntersectionObserver',
  'Blob',
  'File',
  'FileReader',
  'FormData',
  'Headers',
  'Request',
  'Response',
  'Image',
  'Audio',
  'process',
] as const

interface Module {
  exports: unknown
}

const loaded = new Map<string, Module>()
let provided: Readonly<Record<string, unknown>> = {}

/** The globals of the logic: `wx`, `App`, `getApp`, … */
export const provideGlobals = (globals: Readonly<Record<string, unknown>>): void => {
  provided = globals
}

const resolve = (named: string, from: string): string => {
  const { scripts } = miniProgram()
  const parts = named.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of named.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  const base = parts.join('/')
  for (const file of [base, `${base}.js`, `${base}/index.js`]) if (file in scripts) return file
  if (!named.startsWith('.') && !named.startsWith('/')) {
    const folders = from.split('/').slice(0, -1)
    for (let length = folders.length; length >= 0; length -= 1) {
      const at = [...folders.slice(0, length), 'miniprogram_npm', named].join('/')
      for (const file of [`${at}.js`, `${at}/index.js`]) if (file in scripts) return file
    }
  }
  throw new Error(`module '${base}.js' is not defined, require args is '${named}'`)
}

type Constructors = Readonly<Record<string, (...given: never[]) => unknown>>
let current: Constructors = {}

/** Found when they are called: a module that is shared registers whatever page is being loaded. */
const late = (name: string) =>
  Object.assign((...given: never[]) => {
    const register = current[name]
    if (!register) throw new Error(`${name} is not called while a page or a component is loaded`)
    return register(...given)
  }, {})
const constructors = Object.fromEntries(
  ['App', 'Page', 'Component', 'Behavior'].map((name) => [name, late(name)]),
)

const run = (file: string): unknown => {
  const known = loaded.get(file)
  if (known) return known.exports
  const module: Module = { exports: {} }
  loaded.set(file, module)
  const source = miniProgram().scripts[file]
  if (source === undefined) throw new Error(`${file} does not exist`)
  entering(file, 'its script')
  const globals: Record<string, unknown> = { ...provided, ...constructors }
  const define = new Function(
    'module',
    'exports',
    'require',
    ...Object.keys(globals),
    ...absent,
    // A program may have its own `Image`: names of the function around are not in its way.
    `return function () {${source}\n}.call(this)\n//# sourceURL=weapp:///${file}`,
  ) as (...given: unknown[]) => void
  define.call(
    undefined,
    module,
    module.exports,
    (named: string) => run(resolve(named, file)),
    ...Object.values(globals),
  )
  return module.exports
}

/** Runs a file of the mini-program once, with the constructors of what it registers, and answers its exports. */
export const runFile = (file: string, given: Constructors): unknown => {
  const before = current
  current = given
  try {
    return run(file)
  } finally {
    current = before
  }
}
