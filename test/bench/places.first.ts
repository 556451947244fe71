// A process of its own, so that nothing is loaded yet: prints what the first look-ups take, in ms and resident MiB.
import { loadGazetteer } from '../../db/places.ts'
import { layeredPlaces } from '../../workflows/places/layered.ts'

const places = layeredPlaces([], loadGazetteer)
const before = process.memoryUsage().rss
const begun = performance.now()
for (const text of ['Phoenix, AZ', 'Philadelpia', '33.4484,-112.0740', '85004']) places.find(text)
const ms = performance.now() - begun
const mebibytes = (process.memoryUsage().rss - before) / 2 ** 20
process.stdout.write(JSON.stringify({ ms, mebibytes }))
