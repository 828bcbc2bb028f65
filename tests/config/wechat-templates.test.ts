import { unaskedOf, unusedElements } from '../../config/wechat-templates'
import { type Attribute, attributesOf, clientSources, elementsOf } from '../support/client-sources'

const dashed = (name: string): string => name.replace(/\B[A-Z]/g, '-$&').toLowerCase()

/** As Taro's templates call it. */
const inTemplates = (name: string): string => {
  if (name === 'onLongPress') return 'bindLongTap'
  return name.startsWith('on') ? name.replace('on', 'bind') : dashed(name)
}

/** What every element has, and what WeChat does not see. */
const isEverywhere = (name: string): boolean => /^(key|ref|id|className|style|onClick|catchMove)$/.test(name)

const isLeftOut = ({ element, name }: Attribute): boolean =>
  !isEverywhere(name) && (unaskedOf[dashed(element)]?.test(inTemplates(name)) ?? false)

const missingIn = (text: string): readonly string[] => [
  ...attributesOf(text)
    .filter(isLeftOut)
    .map(({ element, name }) => `<${element} ${name}>`),
  ...elementsOf(text)
    .filter((element) => unusedElements.some((unused) => unused === dashed(element)))
    .map((element) => `<${element}>`),
]

test.each([
  ['<View onTouchStart={begin} />', ['<View onTouchStart>']],
  ['<View onLongPress={open} />', ['<View onLongPress>']],
  ['<View hoverStayTime={70} />', ['<View hoverStayTime>']],
  [
    '<ScrollView scrollY refresherEnabled onScroll={follow} />',
    ['<ScrollView refresherEnabled>', '<ScrollView onScroll>'],
  ],
  ['<Text>字</Text>', ['<Text>']],
  ['<View className="sheet" hoverClass="pressed" catchMove onClick={close} />', []],
  ['<ScrollView className="tabs" scrollX enhanced showScrollbar={false} />', []],
])('what WeChat would not be told is found in %s', (source, found) => {
  expect(missingIn(source)).toEqual(found)
})

test('the client asks nothing of an element that its templates for WeChat leave out', () => {
  expect(
    clientSources().flatMap(({ file, text }) => missingIn(text).map((one) => `${file}: ${one}`)),
  ).toEqual([])
})
