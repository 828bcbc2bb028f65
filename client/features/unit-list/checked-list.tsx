import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { ListVerdict } from '../../../cloudfunctions/contexts/unit-list/rules/judge-list'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card } from '../../components/card'
import { EmptyState, ErrorState } from '../../components/empty-state'
import { FormFoot } from '../../components/form-foot'
import { KeyHints, pressWithin, stepAlong, useKeys } from '../../components/keys'
import { ListEnd, SwitchRow } from '../../components/rows'
import { SegmentedTabs } from '../../components/segmented-tabs'
import { Skeleton } from '../../components/skeleton'
import { TextAction } from '../../components/text-action'
import { handOut, handOutLabel } from '../../services/table-files'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { usePages } from '../../services/use-pages'
import type { JobView } from '../../words/job'
import { countOf, type ListedRow, readyCount, verdictWords } from '../../words/unit-list'
import { BadRow, PlainRow } from './list-row'
import { badRowsTable, enteredOf } from './rows-table'
import './checked-list.css'

/** Those that are always there, and those only where there is something in them. */
const tabsAlways: readonly ListVerdict[] = ['bad', 'added', 'unchanged']
const tabsShown: readonly ListVerdict[] = ['bad', 'added', 'changed', 'closed', 'unchanged', 'skipped']
const rowsAtOnce = 50

const enterLabel = (count: number, isEntered: boolean): string => {
  if (count === 0) return '没有能导入的行'
  // What is there already is entered no second time.
  return isEntered ? '再导入一次' : `导入${count}行`
}

interface CheckedListProps {
  readonly job: JobView
  /** The rows that are shown; undefined: those that have to be mended first. */
  readonly tab: ListVerdict | undefined
  readonly onTab: (tab: ListVerdict) => void
  /** It has been entered once. */
  readonly isEntered: boolean
  readonly columns: ReactNode
  /** It is being entered, by this job. */
  readonly onImport: (jobId: string) => void
  readonly onLater: () => void
}

/** What a list would do, row by row: what cannot be first, with what mends it. */
export function CheckedList({
  job,
  tab: chosenTab,
  onTab,
  isEntered,
  columns,
  onImport,
  onLater,
}: CheckedListProps) {
  const { result } = job
  const badCount = countOf(result, 'bad')
  const tab = chosenTab ?? (badCount > 0 ? 'bad' : 'added')
  const [areSuggested, setSuggested] = useState(false)
  const [cured, setCured] = useState<Readonly<Record<number, ListedRow>>>({})
  const bad = usePages('unitList.rows', { jobId: job.id, verdict: 'bad', limit: rowsAtOnce })
  const { run, isBusy, error } = useCommand('unitList.import')
  const badRows = bad.pages.rows.map((row) => cured[row.no] ?? row)
  const mended = enteredOf(badRows, areSuggested)
  const total = readyCount(result) + mended
  const areAllThere = bad.pages.state === 'ready' && bad.pages.nextCursor === null

  useKeys({
    j: () => stepAlong('.list-rows__row--bad', 1),
    k: () => stepAlong('.list-rows__row--bad', -1),
    s: () => pressWithin('.list-rows__row--bad', 'skip-row'),
    e: () => pressWithin('.list-rows__row--bad', 'mend-row'),
  })

  const enter = async (): Promise<void> => {
    const outcome = await run({ jobId: job.id, cures: areSuggested ? 'suggested' : 'chosen' })
    if (outcome.ok) onImport(outcome.value.id)
  }
  const giveBad = async (): Promise<void> => {
    const name = '有问题的行.csv'
    if (await handOut(name, badRowsTable(badRows))) toast(`好了：${name}`)
  }

  const tabs = tabsShown
    .filter((verdict) => tabsAlways.includes(verdict) || countOf(result, verdict) > 0)
    .map((verdict) => ({
      key: verdict,
      label: verdictWords[verdict].text,
      count: countOf(result, verdict),
    }))

  return (
    <>
      {columns}
      <View className="checked-list">
        {!isEntered && (
          <View className="checked-list__sum" data-test="list-sum">
            {`${result?.rows ?? 0}行里${readyCount(result)}行能导入，${badCount}行有问题，${countOf(result, 'unchanged')}行和现在一样。`}
          </View>
        )}
        <Card>
          <SegmentedTabs label="名单里的行" tabs={tabs} value={tab} onChange={onTab} isWrapped />
          {tab === 'bad' ? (
            <>
              {badCount === 0 && (
                <EmptyState icon="circle-check" title="没有问题" hint="每一行都能导入，或者和现在一样。" />
              )}
              {badCount > 0 && (
                <View className="checked-list__all">
                  <SwitchRow
                    name="take-suggestions"
                    title="没改的，都照建议改"
                    hint="每一行的第一条建议"
                    isOn={areSuggested}
                    onChange={setSuggested}
                  />
                  {areAllThere && (
                    <View data-test="give-bad">
                      <TextAction label={`有问题的行：${handOutLabel}`} onPress={() => void giveBad()} />
                    </View>
                  )}
                </View>
              )}
              <Rows
                pages={bad}
                rows={badRows}
                row={(one) => (
                  <BadRow
                    jobId={job.id}
                    row={one}
                    isSuggested={areSuggested && one.cure === null}
                    onCured={(next) => setCured((before) => ({ ...before, [next.no]: next }))}
                  />
                )}
              />
            </>
          ) : (
            <OtherRows key={tab} jobId={job.id} verdict={tab} />
          )}
        </Card>
      </View>
      <View className="checked-list__foot">
        <FormFoot trouble={error?.message}>
          <ButtonPair>
            <View data-test="import-later">
              <BigButton label="放着，以后再弄" tone="secondary" onPress={onLater} />
            </View>
            <View data-test="import-list">
              <BigButton
                label={enterLabel(total, isEntered)}
                tone={isEntered ? 'secondary' : 'primary'}
                {...(!areAllThere && badCount > 0 && { hint: '改好的也一起导入' })}
                isBusy={isBusy}
                isDisabled={total === 0}
                onPress={() => void enter()}
              />
            </View>
          </ButtonPair>
        </FormFoot>
        <KeyHints
          keys={[
            { keys: ['J', 'K'], does: '下一行、上一行' },
            { keys: ['Enter'], does: '照建议改' },
            { keys: ['E'], does: '自己改' },
            { keys: ['S'], does: '跳过这一行' },
          ]}
        />
      </View>
    </>
  )
}

interface RowsProps {
  readonly pages: Pick<ReturnType<typeof usePages<'unitList.rows'>>, 'pages' | 'retry' | 'loadMore'>
  readonly rows: readonly ListedRow[]
  readonly row: (row: ListedRow) => ReactNode
}

function Rows({ pages: { pages, retry, loadMore }, rows, row }: RowsProps) {
  if (pages.state === 'failed') return <ErrorState message={pages.error?.message ?? ''} onRetry={retry} />
  if (pages.state === 'loading') return <Skeleton />
  return (
    <View className="list-rows">
      {rows.map((one) => (
        <View key={one.no}>{row(one)}</View>
      ))}
      {pages.nextCursor !== null && (
        <ListEnd hasMore isLoading={pages.isLoadingMore} onMore={() => void loadMore()} />
      )}
    </View>
  )
}

function OtherRows({ jobId, verdict }: { readonly jobId: string; readonly verdict: ListVerdict }) {
  const pages = usePages('unitList.rows', { jobId, verdict, limit: rowsAtOnce })
  if (pages.pages.state === 'ready' && pages.pages.rows.length === 0)
    return <EmptyState icon="info" title="这里没有" hint="看看别的几栏。" />
  return <Rows pages={pages} rows={pages.pages.rows} row={(row) => <PlainRow row={row} />} />
}
