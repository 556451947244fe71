import { callsignProblem } from './callsign.ts'
import type { Person } from './directory.ts'

/** Call signs that nobody has, to be suggested: short, easy to say over a phone, and of no camp. */
export function freeCallsigns(people: Iterable<Pick<Person, 'callsign'>>): readonly string[] {
  const all = [...people]
  const free = birds.filter(bird => callsignProblem(bird, all) === null)
  if (free.length > 0) return free
  const numbered = birds.map(bird => `${bird}-${Math.ceil(all.length / birds.length) + 1}`)
  return numbered.filter(one => callsignProblem(one, all) === null)
}

const birds = [
  ...['Avocet', 'Bunting', 'Bittern', 'Condor', 'Coot', 'Crane', 'Cuckoo', 'Curlew', 'Dipper', 'Dove', 'Dunlin'],
  ...['Egret', 'Eider', 'Falcon', 'Flicker', 'Gannet', 'Godwit', 'Goshawk', 'Grebe', 'Harrier', 'Hoopoe', 'Ibis'],
  ...['Jacana', 'Jackdaw', 'Junco', 'Kestrel', 'Kite', 'Lapwing', 'Lark', 'Linnet', 'Lory', 'Magpie', 'Martin'],
  ...['Merlin', 'Nightjar', 'Oriole', 'Osprey', 'Ouzel', 'Petrel', 'Phoebe', 'Pipit', 'Plover', 'Puffin', 'Quail'],
  ...['Quetzal', 'Rail', 'Redwing', 'Robin', 'Sandpiper', 'Shrike', 'Siskin', 'Skylark', 'Snipe', 'Sparrow'],
  ...['Starling', 'Stilt', 'Stork', 'Swallow', 'Swan', 'Swift', 'Tanager', 'Teal', 'Tern', 'Thrush', 'Toucan'],
  ...['Turaco', 'Vireo', 'Wagtail', 'Warbler', 'Waxwing', 'Whimbrel', 'Willet', 'Wigeon'],
]
