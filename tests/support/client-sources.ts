import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.join(__dirname, '../..')

const filesIn = (folder: string, endings: readonly string[]): readonly string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesIn(name, endings)
    return endings.some((ending) => entry.name.endsWith(ending)) ? [name] : []
  })

/** What the client is drawn with: each file by its path below the project's root. */
export const clientSources = (
  endings: readonly string[] = ['.tsx'],
): readonly { readonly file: string; readonly text: string }[] =>
  filesIn('client', endings).map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))

export interface Attribute {
  readonly element: string
  readonly name: string
}

const visitAll = (text: string, visit: (node: ts.Node) => void): void => {
  const visitWithin = (node: ts.Node): void => {
    visit(node)
    ts.forEachChild(node, visitWithin)
  }
  visitWithin(ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
}

export const attributesOf = (text: string): readonly Attribute[] => {
  const found: Attribute[] = []
  visitAll(text, (node) => {
    if (!ts.isJsxAttribute(node)) return
    found.push({ element: node.parent.parent.tagName.getText(), name: node.name.getText() })
  })
  return found
}

export const elementsOf = (text: string): readonly string[] => {
  const found: string[] = []
  visitAll(text, (node) => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) found.push(node.tagName.getText())
  })
  return found
}
