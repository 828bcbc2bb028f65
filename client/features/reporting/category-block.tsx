import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CategoryId } from '../../../cloudfunctions/contexts/category/rules/category'
import { FormRow } from '../../components/form-row'
import { Icon } from '../../components/icon'
import { OneOf } from '../../components/one-of'
import { Pressable } from '../../components/pressable'
import { Notice } from '../../components/rows'
import { Searched } from '../../components/search-box'
import { recentChoices } from '../../services/recent-choices'
import { hiddenFromAccused } from '../../words/answerable'
import type { CategoryChoice } from './words'
import './category-block.css'

interface CategoryBlockProps {
  readonly categories: readonly CategoryChoice[]
  readonly chosen: CategoryChoice | undefined
  readonly error: string | undefined
  readonly onChoose: (categoryId: CategoryId | null) => void
}

/** What this person reported before comes first, the latest at the head. */
const recentFirst = (
  categories: readonly CategoryChoice[],
  recent: readonly string[],
): readonly CategoryChoice[] => {
  const known = recent.flatMap((id) => categories.find((one) => one.id === id) ?? [])
  return [...known, ...categories.filter((one) => !known.includes(one))]
}

/** What kind of matter it is; once chosen the others step aside. */
export function CategoryBlock(props: CategoryBlockProps) {
  const { categories, chosen, error, onChoose } = props
  const [recent] = useState(() => recentChoices('category').map(({ id }) => id))
  return (
    <FormRow label="是什么事" error={error}>
      {chosen ? (
        <View>
          <View className="category-block__chosen">
            <View className="category-block__words">
              <View className="category-block__name">
                <Icon name="check" size={1.1} />
                <View>{chosen.name}</View>
              </View>
              {/* What the hint says of a complaint, the notice below says of whomever it is about. */}
              {!chosen.isAboutBranch && <View className="category-block__hint">{chosen.hint}</View>}
            </View>
            <Pressable
              className="category-block__change"
              name="category-change"
              onPress={() => onChoose(null)}
            >
              换一个
            </Pressable>
          </View>
          {chosen.isAboutBranch && (
            <View className="category-block__note">
              <Notice tone="plain" icon="shield-check" title="这件事保密">
                直接到被反映单位的上一级，{hiddenFromAccused}，也不会出现在公开的页面上。
              </Notice>
            </View>
          )}
        </View>
      ) : (
        <Searched
          all={recentFirst(categories, recent)}
          wordsOf={({ name, hint }) => `${name} ${hint}`}
          label="找类别"
          name="category-search"
          none="没有这样的类别，清空了选“其他身边事”也行"
        >
          {(shown) => (
            <OneOf className="category-block__grid" kind="group" label="是什么事">
              {shown.map((category) => (
                <Pressable
                  key={category.id}
                  className={`category-block__chip ${category.id === 'danger' ? 'category-block__chip--danger' : ''}`}
                  name={`category-${category.id}`}
                  onPress={() => onChoose(category.id)}
                >
                  <View className="category-block__name">{category.name}</View>
                  <View className="category-block__hint">{category.hint}</View>
                  {recent.includes(category.id) && <View className="category-block__recent">报过</View>}
                </Pressable>
              ))}
            </OneOf>
          )}
        </Searched>
      )}
    </FormRow>
  )
}
