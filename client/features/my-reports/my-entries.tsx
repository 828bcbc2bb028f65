import { View } from '@tarojs/components'
import { useState } from 'react'
import { Card } from '../../components/card'
import { ListRow, SwitchRow } from '../../components/rows'
import { Sheet } from '../../components/sheet'
import { openPage } from '../../services/navigation'
import { setLargeType, useLargeType } from '../../services/settings'
import { useQuery } from '../../services/use-query'
import { useRules } from '../../services/use-rules'
import { answerableText, callMeText, hiddenFromAccused } from '../../words/answerable'
import { byReceiptLabel, onBehalfLabel } from '../../words/receipt'
import { hasQueue, isAtCounter, keepsUnits, roleLabels } from '../../words/roles'
import { afterNoticeText, goneText } from '../../words/rules'
import { sentences } from '../../words/sentences'
import { satisfactionWords, solvedWords } from '../../words/verdict'
import { ComputerRows } from './computer-rows'
import './my-entries.css'

/** Where somebody is invited to work, as long as that is open. */
function InvitedRow() {
  const { query } = useQuery('people.mine', {})
  const open = query.state === 'ready' ? query.value.rows.find(({ status }) => status === 'seen') : undefined
  if (!open) return null
  return (
    <ListRow
      name="open-invited"
      icon="user-plus"
      title={open.isForYou ? '有单位邀请您' : '有人等您说“就是他”'}
      hint={`${open.unit.name} ${roleLabels[open.role]}`}
      onPress={() => openPage('invited')}
    />
  )
}

/** Messages, type size and, for those who work here, the way to their work. */
export function MyEntries() {
  const { query } = useQuery('me.get', {})
  const isLarge = useLargeType()
  const me = query.state === 'ready' ? query.value : undefined
  const firstDuty = me?.memberships.find(({ role }) => hasQueue(role))
  const counter = me?.memberships.find(({ role }) => isAtCounter(role))
  const firstKept = me?.memberships.find(({ role }) => keepsUnits(role))
  return (
    <Card>
      {firstDuty && (
        <ListRow
          name="open-queue"
          icon="briefcase"
          title="工作台"
          hint={firstDuty.unitName}
          onPress={() => openPage('queue', { unitId: firstDuty.unitId })}
        />
      )}
      {firstKept && (
        <ListRow
          name="open-settings"
          icon="settings"
          title="设置"
          hint={firstKept.unitName}
          onPress={() => openPage('settings', { unitId: firstKept.unitId })}
        />
      )}
      <InvitedRow />
      {counter && (
        <ListRow
          name="open-counter"
          icon="printer"
          title={onBehalfLabel}
          hint={counter.unitName}
          onPress={() => openPage('counter', { unitId: counter.unitId })}
        />
      )}
      <ComputerRows isStaff={me !== undefined && me.memberships.length > 0} />
      <ListRow
        name="open-inbox"
        icon="bell"
        title="消息"
        hint="办理进展和要您评价的"
        count={me?.unreadCount}
        onPress={() => openPage('inbox')}
      />
      <ListRow
        name="open-receipt"
        icon="receipt-text"
        title={byReceiptLabel}
        hint="在服务中心窗口办的，凭编号和查询码看"
        onPress={() => openPage('receipt')}
      />
      <SwitchRow
        name="large-type"
        icon="letters"
        title="大字版"
        hint="字大一些，看得清"
        isOn={isLarge}
        onChange={setLargeType}
      />
    </Card>
  )
}

/** As the rules are where the reader is at home. */
function Answers() {
  const { query } = useQuery('me.get', {})
  const rules = useRules(query.state === 'ready' ? query.value.homeUnit?.id : undefined)
  return (
    <View className="my-entries__about">
      <View className="my-entries__question">谁看得到我写的？</View>
      <View>
        您的微信能认出您，所以不说“匿名”，说“保密”。办理的单位看到您的原话和照片，看到的名字是“居民”加编号；别人只看到事项类别、大概位置和办到哪一步。
      </View>
      <View className="my-entries__question">电话给谁看？</View>
      <View>您在那一件里打开了“{callMeText}”，办的人才看得到。看一次记一次，您在办理经过里查得到。</View>
      <View className="my-entries__question">反映支部或干部呢？</View>
      <View>直接到上一级，{hiddenFromAccused}，也不公开。</View>
      <View className="my-entries__question">办不好怎么办？</View>
      <View>
        超过时限，或者您评价“{solvedWords.no.text}”“{satisfactionWords.dissatisfied.text}”，先告诉
        {answerableText}，{afterNoticeText(rules)}
        登上红脸榜公开。办好了，{goneText(rules)}；{sentences.objection}
        。反映单位或干部的事不上榜，由上一级督办。
      </View>
      <View className="my-entries__question">干部自己评自己怎么办？</View>
      <View>{sentences.ours}。</View>
    </View>
  )
}

/** What the product is and what it does with a resident's words. */
export function About() {
  const [isOpen, setOpen] = useState(false)
  return (
    <Card>
      <ListRow
        name="open-about"
        icon="shield-check"
        title="保密和规则"
        hint="谁看得到我写的，办不好怎么办"
        onPress={() => setOpen(true)}
      />
      <ListRow
        name="open-invitation"
        icon="user-plus"
        title="有邀请码"
        hint="单位请您来办事，扫一扫或者输进来"
        onPress={() => openPage('invited')}
      />
      <Sheet isOpen={isOpen} title="保密和规则" onClose={() => setOpen(false)}>
        {isOpen && <Answers />}
      </Sheet>
    </Card>
  )
}
