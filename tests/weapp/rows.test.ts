import { launchChromium } from '../../local/miniprogram/headless'
import { opened } from '../support/opened'
import { opensEveryRow } from '../support/rows'

const launch = async () => {
  const browser = await launchChromium()
  opened(() => browser.close())
  return browser
}

/** One of each kind of work; in the browser everybody opens theirs. */
const all = ['resident-1', 'secretary-150221104004', 'partner-150221-housing', 'upper-150221104']

opensEveryRow('weapp', launch, { all, few: ['partner-150221-housing'] })
