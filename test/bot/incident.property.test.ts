import { test } from 'vitest'
import { eachHouse } from '../each.ts'
import type { House } from '../house.ts'
import { playStored } from './model.ts'

let house: House
eachHouse(opened => {
  house = opened
})

test('what is asked at the same moment ends as one after the other, and what comes again changes nothing', async () => {
  await playStored(house, 30, 20)
}, 60_000)
