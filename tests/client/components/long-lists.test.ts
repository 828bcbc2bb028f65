import { clientSources } from '../../support/client-sources'

const sources = clientSources()
const filesWith = (isIt: (text: string) => boolean) =>
  sources.flatMap(({ file, text }) => (isIt(text) ? [file] : []))

test('one out of many under one another is searched: only what has a handful of choices stands without', () => {
  expect(filesWith((text) => /<ChoiceChips/.test(text) && /layout="rows"/.test(text)).sort()).toEqual(
    [
      'client/components/choice-rows.tsx',
      // Three levels and another one.
      'client/features/reporting/accused-choice.tsx',
      // Three pairs of words.
      'client/features/sign-in/computers-screen.tsx',
      // The kinds that may lie below one, two ways to end, the parts that somebody has written.
      'client/features/organisation/forms/add-form.tsx',
      'client/features/organisation/forms/close-form.tsx',
      'client/features/organisation/forms/split-form.tsx',
      // Searched by the server: there may be thousands.
      'client/features/organisation/forms/unit-pick.tsx',
      // The reader's own seats.
      'client/features/queue/queue-screen.tsx',
    ].sort(),
  )
})

test('whoever lists what lies below a unit, or where a matter may go, offers the search', () => {
  const lists = filesWith((text) => /useQuery\(\s*'unit\.(?:children|targets)'/.test(text))
  expect(lists.length).toBeGreaterThanOrEqual(3)
  for (const { file, text } of sources) {
    if (lists.includes(file))
      expect([file, /<(?:Searched|SearchBox|ChoiceRows)\b/.test(text)]).toEqual([file, true])
  }
})

test('what happened to a matter is shown by what says how many steps it leaves out', () => {
  expect(filesWith((text) => /<Timeline\b/.test(text)).sort()).toEqual([
    'client/components/timeline.tsx',
    // No matter of a reporter's, and read page by page.
    'client/features/organisation/unit-detail.tsx',
    // A seat changes fifty times at most, and its history is a sheet of its own.
    'client/features/people/history-sheet.tsx',
    // The three steps of a clearing.
    'client/features/red-face/clearing-steps.tsx',
  ])
  for (const { file, text } of sources)
    if (/timeline\b.*map\(|latestFirst\(|stepsOf\(/.test(text))
      expect([file, /<FoldedTimeline\b/.test(text), text.includes('useOlderLines(')]).toEqual([
        file,
        true,
        true,
      ])
})
