import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { readOptions } from './command-line'

/**
 * `npm run walks`: what somebody reads who follows one press of a button through the code. The walks stand in
 * docs/walks.md; what each hop reads is found by its name, at the commit that the walk's heading names.
 */
readOptions(
  `usage: npm run walks
counts the hops, files and lines of every walk in docs/walks.md, at the commit it names; one line a walk`,
  {},
)

const root = path.join(__dirname, '..')

interface Hop {
  readonly file: string
  /** Names of declarations of the file; `of › member` for what is declared within one. */
  readonly names: readonly string[]
}

interface Walk {
  readonly title: string
  /** Absent: the files as they are here. */
  readonly commit: string | undefined
  readonly hops: readonly Hop[]
}

const walksIn = (text: string): readonly Walk[] =>
  text.split(/^## /m).flatMap((section) => {
    const [heading = ''] = section.split('\n')
    const [, title, at] = /^(`[\w.]+`), (now|at `\w+`)/.exec(heading) ?? []
    if (title === undefined || at === undefined) return []
    const hops = [...section.matchAll(/^\| \d+ \| .* \| `([^`]+)` \| (.*) \|$/gm)].map(
      ([, file = '', read = '']) => ({
        file,
        names: [...read.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      }),
    )
    return [{ title, commit: /^at `(\w+)`$/.exec(at)?.[1], hops }]
  })

const textAt = (file: string, commit: string): string => {
  try {
    return execFileSync('git', ['show', `${commit}:${file}`], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
  } catch {
    throw new Error(`${file} at ${commit} is not in this clone: fetch its whole history`)
  }
}

const textOf = (file: string, commit: string | undefined): string =>
  commit === undefined ? readFileSync(path.join(root, file), 'utf8') : textAt(file, commit)

const nameOf = (node: ts.Node): string | undefined => {
  const { name } = node as { readonly name?: ts.Node }
  if (!name) return undefined
  return ts.isStringLiteral(name) || ts.isIdentifier(name) ? name.text : undefined
}

/** The first declaration or property of this name below a node, in the order of the text. */
const named = (node: ts.Node, name: string): ts.Node | undefined =>
  ts.forEachChild(node, (child) =>
    (ts.isVariableDeclaration(child) || !ts.isTypeNode(child)) && nameOf(child) === name
      ? ts.isVariableDeclaration(child)
        ? child.parent.parent
        : child
      : named(child, name),
  )

/** The lines, from 0, that a name of a file takes with the comment before it. */
const linesOf = (source: ts.SourceFile, asked: string): readonly [number, number] => {
  const [first = '', ...members] = asked.split(' › ')
  let node: ts.Node | undefined = named(source, first)
  for (const member of members) node = node && named(node, member)
  if (!node) throw new Error(`${source.fileName} has no ${asked}`)
  const [comment] = ts.getLeadingCommentRanges(source.text, node.pos)?.slice(-1) ?? []
  const start = comment ? comment.pos : node.getStart(source)
  return [
    source.getLineAndCharacterOfPosition(start).line,
    source.getLineAndCharacterOfPosition(node.end).line,
  ]
}

const counted = ({ title, commit, hops }: Walk): string => {
  const read = new Map<string, Set<number>>()
  for (const { file, names } of hops) {
    const source = ts.createSourceFile(file, textOf(file, commit), ts.ScriptTarget.Latest, true)
    const lines = read.get(file) ?? new Set<number>()
    for (const name of names) {
      const [from, to] = linesOf(source, name)
      for (let line = from; line <= to; line += 1) lines.add(line)
    }
    read.set(file, lines)
  }
  const lines = [...read.values()].reduce((sum, one) => sum + one.size, 0)
  const files = [...read.keys()].map((file) => textOf(file, commit).split('\n').length - 1)
  const whole = files.reduce((sum, one) => sum + one, 0)
  return `${title} ${commit ?? 'now'}: ${hops.length} hops, ${read.size} files, ${lines} lines to read of ${whole}`
}

try {
  for (const walk of walksIn(readFileSync(path.join(root, 'docs/walks.md'), 'utf8')))
    if (walk.hops.length > 0) console.info(counted(walk))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
