import { View } from '@tarojs/components'
import { useState } from 'react'
import { countText } from '../../../cloudfunctions/domain/text/typed-text'
import { BigButton } from '../../components/big-button'
import { FormRow, TextBox } from '../../components/form-row'
import { PhotoPicker } from '../../components/photo-picker'
import {
  isSendingPhotos,
  keepablePhotos,
  type PickedPhoto,
  sentPhotoIds,
} from '../../components/picked-photo'
import { Notice } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { useDraft } from '../../services/drafts'
import { useStep } from './use-step'
import type { ReportDetail } from './words'
import './step-sheet.css'

interface ReasonSheetProps {
  readonly report: ReportDetail
  readonly reload: () => Promise<void>
  readonly onDone: () => void
  readonly onClose: () => void
}

const maxReason = 300

const reasonProblem = (reason: string, empty: string): string | undefined => {
  const length = countText(reason)
  if (length === 0) return empty
  return length > maxReason ? `最多写${maxReason}个字` : undefined
}

interface ReopenDraft {
  readonly reason: string
  readonly photos: readonly PickedPhoto[]
}

const noReopening: ReopenDraft = { reason: '', photos: [] }

/** 又坏了: the matter goes back to the branch. */
export function ReopenSheet({ report, reload, onDone, onClose }: ReasonSheetProps) {
  const { draft, change, drop } = useDraft(`reopen:${report.id}`, noReopening, (kept) => ({
    ...kept,
    photos: keepablePhotos(kept.photos),
  }))
  const { step, isBusy, message } = useStep('report.reopen', report, reload)
  const [problem, setProblem] = useState<string>()

  const send = async () => {
    const found = reasonProblem(draft.reason, '请写一句，现在是什么样子')
    const isSending = isSendingPhotos(draft.photos)
    setProblem(found ?? (isSending ? '照片还在上传，等传完再提交' : undefined))
    if (found || isSending) return
    const outcome = await step({ reason: draft.reason.trim(), photos: sentPhotoIds(draft.photos) })
    if (!outcome.ok) return
    drop()
    onDone()
  }

  return (
    <Sheet
      isOpen
      title="又坏了"
      onClose={onClose}
      action={
        <View data-test="send-reopen">
          {message && (
            <View className="step-sheet__message" role="alert">
              {message}
            </View>
          )}
          <BigButton label="退回支部重新办" isBusy={isBusy} onPress={send} />
        </View>
      }
    >
      <View className="step-sheet">
        <View data-test="reopen-reason">
          <FormRow label="现在是什么样子" error={problem}>
            <TextBox
              value={draft.reason}
              max={maxReason}
              onChange={(reason) => {
                change({ reason })
                setProblem(undefined)
              }}
              placeholder="比如：铺的砂又被水冲走了"
            />
          </FormRow>
        </View>
        <FormRow label="拍一张现在的" isOptional>
          <PhotoPicker
            photos={draft.photos}
            onChange={(next) => change((before) => ({ photos: next(before.photos) }))}
          />
        </FormRow>
        <Notice tone="plain" icon="info">
          时限接着原来的算，不会重来。两次返工，就要上红脸榜。
        </Notice>
      </View>
    </Sheet>
  )
}

/** 申诉: the level above looks again at a refusal to take the matter on. */
export function AppealSheet({ report, reload, onDone, onClose }: ReasonSheetProps) {
  const { draft, change, drop } = useDraft(`appeal:${report.id}`, { reason: '' })
  const { step, isBusy, message } = useStep('report.appeal', report, reload)
  const [problem, setProblem] = useState<string>()

  const send = async () => {
    const found = reasonProblem(draft.reason, '请写一句，为什么应该受理')
    setProblem(found)
    if (found) return
    const outcome = await step({ reason: draft.reason.trim() })
    if (!outcome.ok) return
    drop()
    onDone()
  }

  return (
    <Sheet
      isOpen
      title="向上一级申诉"
      onClose={onClose}
      action={
        <View data-test="send-appeal">
          {message && (
            <View className="step-sheet__message" role="alert">
              {message}
            </View>
          )}
          <BigButton label="提交申诉" isBusy={isBusy} onPress={send} />
        </View>
      }
    >
      <View className="step-sheet">
        <View data-test="appeal-reason">
          <FormRow label="为什么应该受理" error={problem}>
            <TextBox
              value={draft.reason}
              max={maxReason}
              onChange={(reason) => {
                change({ reason })
                setProblem(undefined)
              }}
              placeholder="把支部没考虑到的写清楚"
            />
          </FormRow>
        </View>
        <Notice tone="plain" icon="info">
          由支部的上一级来看，支持您的话，支部就得受理。
        </Notice>
      </View>
    </Sheet>
  )
}

/** 撤回: asked once more, because it cannot be taken back. */
export function WithdrawSheet({ report, reload, onDone, onClose }: ReasonSheetProps) {
  const { step, isBusy, message } = useStep('report.withdraw', report, reload)
  const [reason, setReason] = useState('')

  const send = async () => {
    if (countText(reason) > maxReason) return
    const outcome = await step({ reason: reason.trim() })
    if (outcome.ok) onDone()
  }

  return (
    <Sheet
      isOpen
      title="要撤回这件诉求吗？"
      onClose={onClose}
      action={
        <View>
          {message && (
            <View className="step-sheet__message" role="alert">
              {message}
            </View>
          )}
          <View className="step-sheet__pair">
            <View data-test="keep-report">
              <BigButton label="不撤回" tone="secondary" onPress={onClose} />
            </View>
            <View data-test="confirm-withdraw">
              <BigButton label="撤回" isBusy={isBusy} onPress={send} />
            </View>
          </View>
        </View>
      }
    >
      <View className="step-sheet">
        <View>撤回以后支部就不办了，也不能恢复，要再报一次。</View>
        <FormRow
          label="为什么撤回"
          isOptional
          error={countText(reason) > maxReason ? `最多写${maxReason}个字` : undefined}
        >
          <TextBox value={reason} max={maxReason} onChange={setReason} placeholder="比如：自己修好了" />
        </FormRow>
      </View>
    </Sheet>
  )
}
