import { View } from '@tarojs/components'
import { useState } from 'react'
import { BigButton } from '../../components/big-button'
import { FactLine } from '../../components/fact-line'
import { FormRow, TextBox } from '../../components/form-row'
import { FormSheet } from '../../components/form-sheet'
import { InDraftSlot } from '../../components/in-draft-slot'
import { stepOnFrom } from '../../components/keys'
import { Pressable } from '../../components/pressable'
import { StatusTag } from '../../components/status-tag'
import { TextAction } from '../../components/text-action'
import { type DraftSlot, draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import {
  chosenText,
  columnNameOf,
  fieldToMend,
  isSkipped,
  type ListedRow,
  type RowCure,
  verdictWords,
} from '../../words/unit-list'
import './list-row.css'

/** What a row says of itself, in one line. */
function Said({ row: { cells } }: { readonly row: ListedRow }) {
  const { kind, code, parentCode, closedInto } = cells
  return (
    <View className="list-rows__said">
      <FactLine
        facts={[
          kind ?? null,
          code !== undefined && `编码 ${code}`,
          parentCode !== undefined && `上级 ${parentCode}`,
          closedInto !== undefined && `并入 ${closedInto}`,
        ]}
      />
    </View>
  )
}

/** A row that goes in, or is there as it says. */
export function PlainRow({ row }: { readonly row: ListedRow }) {
  return (
    <View className="list-rows__row">
      <View className="list-rows__no">{`第${row.no}行`}</View>
      <View className="list-rows__words">
        <View className="list-rows__name">{row.cells.name}</View>
        <Said row={row} />
      </View>
      <StatusTag {...verdictWords[row.verdict]} />
    </View>
  )
}

interface BadRowProps {
  readonly jobId: string
  readonly row: ListedRow
  /** Its first suggestion is taken with all the others. */
  readonly isSuggested: boolean
  readonly onCured: (row: ListedRow) => void
}

/** A row that cannot be: its number, why, and what mends it. */
export function BadRow({ jobId, row, isSuggested, onCured }: BadRowProps) {
  const { run, isBusy } = useCommand('unitList.cure')
  const [isMending, setMending] = useState(false)
  const { no, cells, problem, cure } = row
  const chosen = chosenText(row)
  const [first, ...others] = problem?.cures ?? []

  const take = async (next: RowCure | null): Promise<boolean> => {
    const outcome = await run({ jobId, no, cure: next })
    if (!outcome.ok) {
      toast(outcome.error.message)
      return false
    }
    // Whoever works by keyboard goes on to the next one.
    if (next !== null) stepOnFrom(`[data-test="bad-row-${no}"]`, '.list-rows__row--bad')
    onCured(outcome.value)
    return true
  }

  return (
    <View className="list-rows__row list-rows__row--bad" data-test={`bad-row-${no}`}>
      <View className="list-rows__no">{`第${no}行`}</View>
      <View className="list-rows__words">
        <View className="list-rows__name">{cells.name ?? '（没有名称）'}</View>
        <Said row={row} />
        <View className="list-rows__why">
          <StatusTag tone="alert" icon="circle-alert" text={problem?.text ?? verdictWords.bad.text} />
        </View>
        {isSuggested && first && <View className="list-rows__said">{`照建议：${first.text}`}</View>}
        {chosen ? (
          <View className="list-rows__cures">
            <View className="list-rows__chosen">
              <StatusTag
                tone={isSkipped(cure) ? 'plain' : 'done'}
                icon={isSkipped(cure) ? 'skip-forward' : 'check'}
                text={chosen}
              />
            </View>
            <View data-test="uncure-row">
              <TextAction label="不这样改" onPress={() => void take(null)} />
            </View>
          </View>
        ) : (
          <View className="list-rows__cures">
            {first && (
              <View data-test={isSkipped(first.cure) ? 'skip-row' : 'cure-1'}>
                <BigButton
                  label={first.text}
                  tone="secondary"
                  isBusy={isBusy}
                  onPress={() => void take(first.cure)}
                />
              </View>
            )}
            {others.map(({ text, cure: next }) => (
              <SmallButton
                key={text}
                name={isSkipped(next) ? 'skip-row' : 'cure-other'}
                label={text}
                onPress={() => void take(next)}
              />
            ))}
            <SmallButton name="mend-row" label="自己改" onPress={() => setMending(true)} />
          </View>
        )}
      </View>
      {isMending && (
        <InDraftSlot name={draftName('list-row', jobId, no)}>
          {(slot) => (
            <MendSheet
              row={row}
              slot={slot}
              isBusy={isBusy}
              onMend={take}
              onClose={() => setMending(false)}
            />
          )}
        </InDraftSlot>
      )}
    </View>
  )
}

interface SmallButtonProps {
  readonly name: string
  readonly label: string
  readonly onPress: () => void
}

function SmallButton({ name, label, onPress }: SmallButtonProps) {
  return (
    <Pressable className="list-rows__small" name={name} onPress={onPress}>
      {label}
    </Pressable>
  )
}

interface MendSheetProps {
  readonly row: ListedRow
  readonly slot: DraftSlot
  readonly isBusy: boolean
  readonly onMend: (cure: RowCure) => Promise<boolean>
  readonly onClose: () => void
}

/** One's own words in the place of what is wrong. */
function MendSheet({ row, slot, isBusy, onMend, onClose }: MendSheetProps) {
  const field = fieldToMend(row)
  const { draft, change, drop } = useDraft(slot.name, { value: row.cells[field] ?? '' })
  const label = columnNameOf(field)
  const mend = async (): Promise<void> => {
    if (!(await onMend({ field, value: draft.value.trim() }))) return
    drop()
    onClose()
  }
  return (
    <FormSheet
      title={`第${row.no}行：${row.cells.name ?? ''}`}
      onClose={onClose}
      isBesideAnother={slot.isBesideAnother}
      send={{ name: 'send-mend', label: '就这样改', isBusy, onPress: () => void mend() }}
    >
      <View>{row.problem?.text}</View>
      <FormRow label={label} hint="留空就是以后再填。">
        <TextBox value={draft.value} onChange={(value) => change({ value })} isSingleLine />
      </FormRow>
    </FormSheet>
  )
}
