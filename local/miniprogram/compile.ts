import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type TransformFailure, transform } from 'esbuild'
import { TmplGroup } from 'glass-easel-template-compiler'
import { builtInElements, refusedElements } from './elements'
import { MiniProgramFailure, type Problem, refusal } from './failure'
import { type MiniPackage, type PageConfig, readPackage } from './package'
import { compileStyles, type StyleSheet } from './styles'

/** Everything a browser needs to run a mini-program. It is sent to the page as JSON. */
export interface Compiled {
  readonly app: MiniPackage['app']
  readonly pages: Readonly<Record<string, PageConfig>>
  readonly components: Readonly<Record<string, PageConfig>>
  readonly roots: readonly string[]
  readonly preloads: MiniPackage['preloads']
  /** JavaScript by path. Those of subpackages come when they are first needed. */
  readonly scripts: Readonly<Record<string, string>>
  /** An expression whose value is every template, by path without suffix. */
  readonly templates: string
  readonly styles: Readonly<Record<string, StyleSheet>>
  /** What the classes of a component are prefixed with. */
  readonly prefixes: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

interface TemplateIssue {
  readonly isError: boolean
  readonly message: string
  readonly startLine: number
  readonly startColumn: number
}

/** What is written like an element in wxml and is none. */
const notElements = new Set(['block', 'template', 'import', 'include', 'slot', 'wxs'])
const elements = new Set<string>([...builtInElements, ...refusedElements])

/** Elements of a page or a component that are neither WeChat's nor named in `usingComponents`. */
const elementsOf = (mini: MiniPackage, name: string, text: string): readonly Problem[] => {
  const config = mini.pages[name] ?? mini.components[name]
  // A file that is imported does not know who uses it.
  if (!config) return []
  const used = { ...config.usingComponents, ...config.componentGenerics }
  const bare = text.replace(/<!--[\s\S]*?-->|<wxs\b[\s\S]*?<\/wxs>|\{\{[\s\S]*?\}\}/g, '')
  const tags = new Set([...bare.matchAll(/<([A-Za-z][\w-]*)/g)].map(([, tag]) => tag ?? ''))
  return [...tags]
    .filter((tag) => !elements.has(tag) && !notElements.has(tag) && !(tag in used))
    .map((tag) => ({
      kind: 'warning',
      code: 'UNKNOWN_ELEMENT',
      reason: `<${tag}> is no element of WeChat and no component that is used here`,
      file: `${name}.wxml`,
    }))
}

const templatesOf = async (mini: MiniPackage): Promise<{ code: string; problems: readonly Problem[] }> => {
  const group = new TmplGroup()
  const problems: Problem[] = []
  try {
    for (const file of Object.keys(mini.files)) {
      if (!/\.(wxml|wxs)$/.test(file)) continue
      const text = await readFile(path.join(mini.folder, file), 'utf8')
      const name = file.replace(/\.\w+$/, '')
      if (file.endsWith('.wxs')) {
        const script = await compileViewScript(text, file)
        // `src` names it without its suffix, `require` with it.
        group.addScript(name, script)
        group.addScript(file, script)
        continue
      }
      // The first name of `wx:for`, which WeChat still takes.
      const today = text.replace(/\bwx:for-items(?=\s*=)/g, 'wx:for')
      const lines = today.split('\n')
      for (const issue of group.addTmpl(name, today) as readonly TemplateIssue[]) {
        const { message, startLine, startColumn } = issue
        const isLoose = /^wx:(else|elif)/.test(lines[startLine]?.slice(startColumn) ?? '')
        problems.push({
          // WeChat's own compiler takes no element that is not closed, and no else without an if; this one goes on.
          kind: issue.isError || isLoose || /end tag/.test(message) ? 'refused' : 'warning',
          code: 'WXML',
          reason: `${isLoose ? 'wx:else without wx:if' : message} (line ${startLine + 1}, column ${startColumn + 1})`,
          file,
        })
      }
      problems.push(...elementsOf(mini, name, text))
      for (const module of group.getInlineScriptModuleNames(name) as readonly string[])
        group.setInlineScript(
          name,
          module,
          await compileViewScript(group.getInlineScript(name, module), file),
        )
    }
    for (const file of Object.keys(mini.files)) {
      if (!file.endsWith('.wxml')) continue
      const name = file.replace(/\.wxml$/, '')
      const needed = [
        ...(group.getDirectDependencies(name) as readonly string[]).map((one) => `${one}.wxml`),
        ...(group.getScriptDependencies(name) as readonly string[]).map((one) =>
          one.endsWith('.wxs') ? one : `${one}.wxs`,
        ),
      ]
      for (const one of needed)
        if (!(one in mini.files))
          problems.push({
            kind: 'refused',
            code: 'WXML_IMPORT_MISSING',
            reason: `${one} does not exist`,
            file,
          })
    }
    group.setExtraRuntimeScript('Q.A = hearChange; Q.C = hearEvent;')
    return { code: group.getTmplGenObjectGroups(), problems }
  } finally {
    group.free()
  }
}

const syntaxOf = (error: unknown): string => {
  const [first] = (error as TransformFailure).errors
  const { line, column } = first?.location ?? {}
  return `${first?.text ?? String(error)} (line ${line}, column ${column})`
}

/**
 * A script of the view. What is a word of JavaScript may be a name in it.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/02variate.html
 */
const compileViewScript = async (text: string, file: string): Promise<string> => {
  const declared = [...text.matchAll(/\bvar\s+(class|enum|new|let|const|static|super|with|in|try|throw)\b/g)]
  const today = declared.reduce(
    (code, [, word]) =>
      code.replace(
        // Not in a text, and not where it names a part of an object.
        new RegExp(`(?<![\\w.'"-])(?!(?<=[{,]\\s*)${word}\\s*:)${word}(?![\\w'"-])`, 'g'),
        `${word}_`,
      ),
    text,
  )
  try {
    await transform(today, { sourcefile: file, logLevel: 'silent' })
    return today
  } catch (error) {
    throw refusal('WXS_SYNTAX', syntaxOf(error), file)
  }
}

/**
 * A script as WeChat's logic runs it: a CommonJS module, also where it was written with `import`.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/devtools/codecompile.html
 */
const compileScript = async (folder: string, file: string): Promise<string> => {
  const text = await readFile(path.join(folder, file), 'utf8')
  try {
    const { code } = await transform(text, { format: 'cjs', sourcefile: file, logLevel: 'silent' })
    return /\b(import|export)\b/.test(text) ? code : text
  } catch (error) {
    throw refusal('JS_SYNTAX', syntaxOf(error), file)
  }
}

/** Compiles a mini-program. Refuses (MiniProgramFailure) one that WeChat's compiler would refuse. */
export const compilePackage = async (folder: string): Promise<Compiled> => {
  const mini = await readPackage(folder)
  const templates = await templatesOf(mini)
  const problems = [...mini.problems, ...templates.problems]
  const refused = problems.filter(({ kind }) => kind === 'refused')
  if (refused.length > 0) throw new MiniProgramFailure(refused)

  const styled = ['app', ...Object.keys(mini.pages), ...Object.keys(mini.components)]
  const prefixes = Object.fromEntries(
    Object.keys(mini.components).map((name) => [
      name,
      `c${createHash('sha256').update(name).digest('hex').slice(0, 6)}`,
    ]),
  )
  const styles: Record<string, StyleSheet> = {}
  for (const name of styled) {
    if (`${name}.wxss` in mini.files)
      styles[name] = await compileStyles(folder, `${name}.wxss`, prefixes[name] ?? '')
  }
  const scripts: Record<string, string> = {}
  for (const file of Object.keys(mini.files))
    if (file.endsWith('.js')) scripts[file] = await compileScript(folder, file)
  return {
    app: mini.app,
    pages: mini.pages,
    components: mini.components,
    roots: mini.roots,
    preloads: mini.preloads,
    scripts,
    templates: templates.code,
    styles,
    prefixes,
    problems,
  }
}
