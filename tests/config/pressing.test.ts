import { type Attribute, attributesOf, clientSources } from '../support/client-sources'

const hearsPresses = ({ name }: Attribute) =>
  /^on(?:Click|Tap|LongPress|Touch\w+|Key\w+|Mouse\w+)$/.test(name)

/** Elements of Taro; React writes the browser's own as it is told. */
const saysWhatItIs = ({ element, name }: Attribute) =>
  /^(?:View|Text|Image|ScrollView|Input|Textarea|Switch|Picker)$/.test(element) &&
  /^(?:role|aria-.*)$/.test(name)

const offending = (text: string, offends: (attribute: Attribute) => boolean): readonly string[] =>
  attributesOf(text)
    .filter(offends)
    .map(({ element, name }) => `<${element} ${name}>`)

test.each([
  ['<View onClick={open}>打开</View>', ['<View onClick>']],
  ['<Image src={url} onClick={() => show(1)} />', ['<Image onClick>']],
  ['<View onTouchEnd={open} />', ['<View onTouchEnd>']],
  ['<Pressable className="row" onPress={open}>打开</Pressable>', []],
  ['<TextBox value={words} onChange={type} />', []],
])('what hears a press is found in %s', (source, found) => {
  expect(offending(source, hearsPresses)).toEqual(found)
})

test.each([
  ['<View role="button">打开</View>', ['<View role>']],
  ['<View aria-checked={false} />', ['<View aria-checked>']],
  ["<View {...aria({ role: 'status' })} />", []],
  ['<div role="application" aria-label={label} />', []],
  ['<Pressable className="tab" role="tab" onPress={open} />', []],
])('what says itself what it is is found in %s', (source, found) => {
  expect(offending(source, saysWhatItIs)).toEqual(found)
})

/** The lines of the client in which something is so, without the files that are there for it. */
const inClient = (offends: (attribute: Attribute) => boolean, except: readonly string[] = []) =>
  clientSources()
    .filter(({ file }) => !except.includes(file))
    .flatMap(({ file, text }) => offending(text, offends).map((one) => `${file}: ${one}`))

test('only a Pressable hears a press: so all that does is named and worked by keyboard', () => {
  expect(inClient(hearsPresses, ['client/components/pressable.tsx'])).toEqual([])
})

test('roles and states are written by aria(), because Taro takes false away and writes undefined as a word', () => {
  expect(inClient(saysWhatItIs)).toEqual([])
})
