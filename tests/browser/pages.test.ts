import { pressesEverything } from '../checks/pages/short'

pressesEverything('h5', 'resident-1')
