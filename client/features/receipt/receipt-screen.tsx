import { View } from '@tarojs/components'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { receiptCodeLength } from '../../../cloudfunctions/contexts/report/rules/receipt'
import { readReportNumber } from '../../../cloudfunctions/contexts/report/rules/report-number'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { readSpokenCode } from '../../../cloudfunctions/ground/text/spoken-code'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { FormFoot } from '../../components/form-foot'
import { FormRow, TextBox } from '../../components/form-row'
import { PageFrame } from '../../components/page-frame'
import { ListRow, Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { call } from '../../services/api'
import { printerName } from '../../services/printer-name'
import { holdReceipt, letGoOfReceipt, type Receipt } from '../../services/receipt'
import { receiptIn } from '../../services/receipt-address'
import { byReceiptLabel, codeLabel } from '../../words/receipt'
import './receipt-screen.css'

type Matter = OutputOf<'report.ofReceipt'>

interface ReceiptScreenProps {
  /** As the address has it. */
  readonly number?: string | undefined
  readonly code?: string | undefined
  /** What WeChat has read from the slip. */
  readonly scanned?: string | undefined
  /** The matter, as whoever reported it reads it. */
  readonly matter: (shown: {
    readonly reportId: string
    readonly head: ReactNode
    readonly onOpenParent: (reportId: string) => void
  }) => ReactNode
}

/** 凭回执查: by the number and the code of a slip one follows its matter, and says of it what its reporter may. */
export function ReceiptScreen({ number = '', code = '', scanned = '', matter }: ReceiptScreenProps) {
  const [typed, setTyped] = useState<Receipt>(() => receiptIn(scanned) ?? { number, code })
  const [opened, setOpened] = useState<Matter>()
  const [shownId, setShownId] = useState('')
  const [isBusy, setBusy] = useState(typed.number !== '' && typed.code !== '')
  const [trouble, setTrouble] = useState<string>()
  const [isAsked, setAsked] = useState(false)

  const open = useCallback(async (sent: Receipt) => {
    const receipt = { ...sent, device: printerName() }
    setBusy(true)
    setTrouble(undefined)
    holdReceipt(receipt, [])
    const outcome = await call('report.ofReceipt', {})
    setBusy(false)
    if (!outcome.ok) {
      letGoOfReceipt()
      setTrouble(outcome.error.message)
      return
    }
    const { reportId, parentReportId } = outcome.value
    holdReceipt(receipt, parentReportId === null ? [reportId] : [reportId, parentReportId])
    setShownId(reportId)
    setOpened(outcome.value)
  }, [])

  // What came with the address is tried at once; nobody types what was scanned.
  const [atFirst] = useState(typed)
  useEffect(() => {
    if (atFirst.number !== '' && atFirst.code !== '') void open(atFirst)
    return letGoOfReceipt
  }, [atFirst, open])

  if (opened && shownId !== '') {
    const isParent = shownId !== opened.reportId
    return matter({
      reportId: shownId,
      onOpenParent: setShownId,
      head: (
        <>
          {opened.isThroughOurs && (
            <View data-test="through-ours">
              <Notice tone="waiting" icon="info" title="这是窗口的机器，或者工作人员的微信">
                在这里能看、能补充；“没修好”“不满意”照记，“修好了”“满意”不算，请本人用自己的手机说。
              </Notice>
            </View>
          )}
          {isParent && (
            <ListRow
              name="open-own"
              icon="receipt-text"
              title="看我报的那一件"
              onPress={() => setShownId(opened.reportId)}
            />
          )}
        </>
      ),
    })
  }

  if (isBusy && !isAsked)
    return (
      <PageFrame title={byReceiptLabel}>
        <Skeleton shape="page" />
      </PageFrame>
    )

  const isNumber = readReportNumber(typed.number) !== undefined
  const isCode = readSpokenCode(typed.code, receiptCodeLength) !== undefined
  const press = () => {
    setAsked(true)
    if (isNumber && isCode) void open(typed)
  }
  const edit = (part: Partial<Receipt>) => {
    setTrouble(undefined)
    setTyped((before) => ({ ...before, ...part }))
  }
  return (
    <PageFrame
      title={byReceiptLabel}
      action={
        <View data-test="open-by-receipt">
          <FormFoot trouble={trouble}>
            <BigButton label="查" icon="search" isBusy={isBusy} onPress={press} />
          </FormFoot>
        </View>
      }
    >
      <Card>
        <View className="receipt-screen__rows">
          <View data-test="receipt-number">
            <FormRow
              label="编号"
              error={isAsked && !isNumber ? '编号是10个数字，请照回执再输一遍' : undefined}
            >
              <TextBox
                isSingleLine
                kind="phone"
                value={typed.number}
                onChange={(next) => edit({ number: next })}
                placeholder="比如 260-411-7838"
              />
            </FormRow>
          </View>
          <View data-test="receipt-code">
            <FormRow
              label={codeLabel}
              error={
                isAsked && !isCode
                  ? `${codeLabel}是${receiptCodeLength}个字母和数字，在回执最下面`
                  : undefined
              }
            >
              <TextBox
                isSingleLine
                value={typed.code}
                onChange={(next) => edit({ code: next })}
                placeholder="比如 7KQ 2M8"
              />
            </FormRow>
          </View>
        </View>
      </Card>
      <Notice tone="plain" icon="receipt-text">
        没有微信、在服务中心窗口办的，回执上有这两样。回执丢了，到办的那个窗口重打一张。
      </Notice>
    </PageFrame>
  )
}
