import { View } from '@tarojs/components'
import { useState } from 'react'
import { readReportNumber, spokenNumber } from '../../../cloudfunctions/contexts/report/rules/report-number'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card, Section } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { FormFoot } from '../../components/form-foot'
import { FormRow, TextBox } from '../../components/form-row'
import { PageFrame } from '../../components/page-frame'
import { ListEnd, ListRow } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { Skeleton } from '../../components/skeleton'
import { instantText } from '../../components/time-text'
import { nameOfPrinter } from '../../services/printer-name'
import { serverNow } from '../../services/server-time'
import { useCommand } from '../../services/use-command'
import { usePages } from '../../services/use-pages'
import type { Printed } from './slip'
import { useCatalogue } from './use-catalogue'

interface FiledHereProps {
  readonly unitId: string
  readonly onBack: () => void
  readonly onPrinted: (printed: Printed) => void
}

/** What was filed at this counter, to print its receipt again: by its row, or by the number as it is said. */
export function FiledHere({ unitId, onBack, onPrinted }: FiledHereProps) {
  const { pages, loadMore, retry } = usePages('report.filedHere', { unitId })
  const categories = useCatalogue(null, unitId, false)
  const { run, isBusy, error } = useCommand('report.reprint')
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const nameOf = (id: string): string => categories.find((one) => one.id === id)?.name ?? ''
  const now = serverNow()

  const ask = () => {
    const number = readReportNumber(typed)
    setWrong(number === undefined ? '编号是10个数字，请照他说的再输一遍' : undefined)
    setAsked(number)
  }
  const print = async () => {
    if (asked === undefined) return
    const outcome = await run({ number: asked, unitId, printerId: nameOfPrinter() })
    if (outcome.ok) onPrinted({ ...outcome.value, categoryName: nameOf(outcome.value.categoryId) })
  }

  return (
    <PageFrame
      title="补打回执"
      isLarge
      action={
        <View data-test="back-to-counter">
          <BigButton label="回到代办" tone="secondary" onPress={onBack} />
        </View>
      }
    >
      <Card>
        <View className="counter-form__rows" data-test="reprint-number">
          <FormRow label="他的编号" error={wrong}>
            <TextBox
              isSingleLine
              kind="phone"
              value={typed}
              onChange={setTyped}
              placeholder="比如 260-411-7838"
            />
          </FormRow>
          <View data-test="reprint-typed">
            <BigButton label="重打" icon="printer" tone="secondary" onPress={ask} />
          </View>
        </View>
      </Card>
      <Section title="在这个窗口办的">
        {pages.state === 'loading' && <Skeleton />}
        {pages.state === 'failed' && <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />}
        {pages.state === 'ready' && (
          <Card>
            {pages.rows.map(({ number, at, categoryId, where }) => (
              <ListRow
                key={number}
                name={`filed-${number}`}
                icon="receipt-text"
                title={[nameOf(categoryId), where].filter(Boolean).join(' · ')}
                hint={`${spokenNumber(number)}，${instantText(at, now)}`}
                onPress={() => setAsked(number)}
              />
            ))}
            <ListEnd
              hasMore={pages.nextCursor !== null}
              isLoading={pages.isLoadingMore}
              onMore={() => void loadMore()}
            />
          </Card>
        )}
      </Section>
      <Sheet
        isOpen={asked !== undefined}
        title="重打回执？"
        onClose={() => setAsked(undefined)}
        action={
          <FormFoot trouble={error?.message}>
            <ButtonPair>
              <View data-test="keep-old">
                <BigButton label="不打了" tone="secondary" onPress={() => setAsked(undefined)} />
              </View>
              <View data-test="reprint">
                <BigButton label="重打一张" icon="printer" isBusy={isBusy} onPress={() => void print()} />
              </View>
            </ButtonPair>
          </FormFoot>
        }
      >
        <View>
          编号 {asked === undefined ? '' : spokenNumber(asked)}
          。先认清是他本人。重打会换一个新的查询码，以前的作废，在他的办理经过里记一次。
        </View>
      </Sheet>
    </PageFrame>
  )
}
