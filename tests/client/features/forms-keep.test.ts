import ts from 'typescript'
import { clientSources } from '../../support/client-sources'

interface Source {
  readonly file: string
  readonly text: string
}

/** Where one types or takes pictures, and the attribute that holds what is there. */
type Field = `${string}.${string}`

/** A field as a component draws it: what it shows comes from a draft, from outside, or from somewhere else. */
interface Drawn {
  readonly file: string
  readonly component: string
  readonly field: Field
  readonly attributes: readonly string[]
  readonly from: string
}

const keeping = ['useDraft', 'useActForm']

const nameOf = (node: ts.Node): string | undefined =>
  ts.isFunctionDeclaration(node) ? node.name?.text : undefined

/** The identifier an expression begins with: `draft` of `draft.words`, `useDraft` of `useDraft(…)`. */
const rootOf = (node: ts.Node): ts.Identifier | undefined => {
  if (ts.isIdentifier(node)) return node
  if (
    ts.isPropertyAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isElementAccessExpression(node)
  )
    return rootOf(node.expression)
  return undefined
}

const propertyOf = (node: ts.Node): string | undefined =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) ? node.name.text : undefined

/** What a name stands for within a component: how it was bound there, and to what. */
const bindingOf = (component: ts.FunctionDeclaration, name: string) => {
  let found: { readonly element: ts.BindingElement | undefined; readonly to: ts.Node } | undefined
  const bind = (pattern: ts.BindingName, to: ts.Node, element?: ts.BindingElement): void => {
    if (ts.isIdentifier(pattern)) {
      if (pattern.text === name) found = { element, to }
      return
    }
    for (const one of pattern.elements) {
      if (ts.isBindingElement(one)) bind(one.name, to, one)
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) bind(node.name, node.initializer)
    ts.forEachChild(node, visit)
  }
  for (const parameter of component.parameters) bind(parameter.name, parameter)
  visit(component)
  return found
}

/** `useDraft` for what is kept, `.photos` for what is given from outside under that name, else what it comes from. */
const originOf = (component: ts.FunctionDeclaration, value: ts.Node, depth = 0): string => {
  const root = rootOf(value)
  if (!root || depth > 9) return value.getText()
  const binding = bindingOf(component, root.text)
  if (!binding) return root.text
  const { element, to } = binding
  if (ts.isParameter(to)) {
    const name = element ? (element.propertyName ?? element.name).getText() : propertyOf(value)
    return `.${name ?? '?'}`
  }
  const origin = originOf(component, to, depth + 1)
  // `const { photos } = props`
  return origin === '.?' && element ? `.${(element.propertyName ?? element.name).getText()}` : origin
}

const drawnIn = ({ file, text }: Source, fields: ReadonlySet<Field>): readonly Drawn[] => {
  const found: Drawn[] = []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  for (const component of source.statements) {
    if (!ts.isFunctionDeclaration(component)) continue
    const visit = (node: ts.Node): void => {
      if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
        const attributes = node.attributes.properties.filter(ts.isJsxAttribute)
        for (const { name, initializer } of attributes) {
          const field: Field = `${node.tagName.getText()}.${name.getText()}`
          const value = initializer && ts.isJsxExpression(initializer) ? initializer.expression : undefined
          if (!fields.has(field) || !value) continue
          found.push({
            file,
            component: nameOf(component) ?? '?',
            field,
            attributes: attributes.map((one) => one.name.getText()),
            from: originOf(component, value),
          })
        }
      }
      ts.forEachChild(node, visit)
    }
    visit(component)
  }
  return found
}

/** Every field of these sources; a component that is given what its field shows is a field itself. */
const everyField = (sources: readonly Source[]): readonly Drawn[] => {
  const fields = new Set<Field>(['TextBox.value', 'PhotoPicker.photos'])
  for (;;) {
    const drawn = sources.flatMap((source) => drawnIn(source, fields))
    const known = fields.size
    for (const { component, from } of drawn)
      if (from.startsWith('.')) fields.add(`${component}${from as `.${string}`}`)
    if (fields.size === known) return drawn
  }
}

/** What is worth nothing a moment later, and a receipt’s code, which no device may keep. */
const momentary = [
  'client/components/code-entry.tsx: TextBox.value in CodeEntry from useState',
  // Four digits that one knows by heart.
  'client/features/people/invited-screen.tsx: TextBox.value in AnswerCard from useState',
  'client/features/receipt/receipt-screen.tsx: TextBox.value in ReceiptScreen from useState',
  'client/features/receipt/receipt-screen.tsx: TextBox.value in ReceiptScreen from useState',
  'client/features/reporting/filed-here.tsx: TextBox.value in FiledHere from useState',
  'client/features/reporting/poster-screen.tsx: PlaceOfUnit.place in PosterScreen from useState',
]

const lost = (drawn: readonly Drawn[]): readonly string[] =>
  drawn
    .filter(({ from }) => !from.startsWith('.') && !keeping.includes(from))
    .map(({ file, component, field, from }) => `${file}: ${field} in ${component} from ${from}`)

const client = everyField(clientSources())

test('what is typed into a form and what it takes pictures of is kept in a draft, in every form', () => {
  expect(lost(client)).toEqual(momentary)
})

test('the forms are found: of residents, of staff, and those whose fields lie in components of their own', () => {
  const files = new Set(client.filter(({ from }) => keeping.includes(from)).map(({ file }) => file))
  for (const form of [
    'red-face/answer-sheet',
    'report-detail/rate-sheet',
    'report-detail/step-sheet',
    'reporting/report-form',
    'reporting/declare-form',
    'handling/forms/work-forms',
    'handling/forms/note-form',
    'handling/forms/request-forms',
  ])
    expect(files).toContain(`client/features/${form}.tsx`)
})

test('a form that holds its words itself is found, also where it hands them to a field of its own', () => {
  const text = `
    function Words({ typed, onChange }) { return <TextBox value={typed} onChange={onChange} /> }
    function Sheet() {
      const [note, setNote] = useState('')
      const { draft } = useDraft('sheet', {})
      const { photos } = draft
      return <View><Words typed={note} onChange={setNote} /><PhotoPicker photos={photos} /></View>
    }`
  expect(lost(everyField([{ file: 'sheet.tsx', text }]))).toEqual([
    'sheet.tsx: Words.typed in Sheet from useState',
  ])
})

test('a field that is given its pictures from outside is given what they show: another may stand beside it', () => {
  const wrappers = client.filter(({ field, from }) => field === 'PhotoPicker.photos' && from.startsWith('.'))
  expect(wrappers.length).toBeGreaterThan(0)
  for (const { attributes } of wrappers) expect(attributes).toContain('what')
})

test('a row of a form is a group by its label, so that each thing in it is heard with its question', () => {
  const row = clientSources().find(({ file }) => file === 'client/components/form-row.tsx')
  expect(row?.text).toMatch(/aria\(\{ role: 'group', label,/)
})
