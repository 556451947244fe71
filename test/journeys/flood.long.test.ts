import { ground } from '../house.ts'
import { triageFlood } from './deluge.ts'

triageFlood('SQLite', 2_000, async () => ground())
