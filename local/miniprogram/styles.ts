import { readFile } from 'node:fs/promises'
import path from 'node:path'
import postcss, { type AtRule, type ChildNode, CssSyntaxError, type Root } from 'postcss'
import { refusal } from './failure'
import { webLengths } from './lengths'
import { webSelector } from './selectors'

/** Reads a stylesheet with everything that it imports in its place. */
const readWhole = async (folder: string, file: string, above: readonly string[] = []): Promise<Root> => {
  if (above.includes(file)) throw refusal('WXSS_IMPORT_CIRCLE', `${file} imports itself`, above[0])
  let text: string
  try {
    text = await readFile(path.join(folder, file), 'utf8')
  } catch {
    throw refusal('WXSS_IMPORT_MISSING', `${file} does not exist`, above[above.length - 1] ?? file)
  }
  let root: Root
  try {
    root = postcss.parse(text, { from: file })
  } catch (error) {
    const reason =
      error instanceof CssSyntaxError
        ? `${error.reason} (line ${error.line}, column ${error.column})`
        : String(error)
    throw refusal('WXSS_SYNTAX', reason, file)
  }
  const imports: AtRule[] = []
  root.walkAtRules('import', (rule) => void imports.push(rule))
  for (const rule of imports) {
    const named = /^(?:url\()?\s*["']?([^"')]+)["']?\s*\)?/.exec(rule.params)?.[1] ?? ''
    const target = named.startsWith('/') ? named.slice(1) : path.posix.join(path.posix.dirname(file), named)
    if (/^https?:/.test(named)) throw refusal('WXSS_IMPORT_REMOTE', `${named} is not in the package`, file)
    rule.replaceWith((await readWhole(folder, target, [...above, file])).nodes)
  }
  return root
}

const isInKeyframes = (rule: ChildNode): boolean =>
  rule.parent?.type === 'atrule' && /keyframes$/.test((rule.parent as AtRule).name)

export interface StyleSheet {
  /** For whoever shares the styles of the page. */
  readonly plain: string
  /** With every class prefixed, for a component that keeps its styles to itself. */
  readonly scoped: string
}

/** Makes a stylesheet of WeChat one for a browser. `file` is a path inside `folder`. Refuses what cannot be read. */
export const compileStyles = async (folder: string, file: string, prefix: string): Promise<StyleSheet> => {
  const root = await readWhole(folder, file)
  root.walkDecls((declaration) => {
    declaration.value = webLengths(declaration.value)
  })
  root.walkAtRules('media', (rule) => {
    rule.params = rule.params.replace(/(\d*\.?\d+)rpx\b/g, (_, count: string) => `${Number(count) / 2}px`)
  })
  const made = (given: string): string => {
    const copy = root.clone()
    copy.walkRules((rule) => {
      if (isInKeyframes(rule)) return
      try {
        rule.selector = webSelector(rule.selector, given)
      } catch (error) {
        throw refusal('WXSS_SELECTOR', `${rule.selector}: ${String(error)}`, file)
      }
    })
    return copy.toString()
  }
  return { plain: made(''), scoped: made(prefix) }
}
